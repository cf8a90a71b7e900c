"""HTTP routes, health, compression. Imports no streamlit UI."""
