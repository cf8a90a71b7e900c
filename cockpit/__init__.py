"""Town cockpit 特色小镇驾驶舱: rooms and the order they may import each other in stand in tests/test_layers.py."""
