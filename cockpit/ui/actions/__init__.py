"""督办: matters handed out, one matter, the forms that carry it on."""
