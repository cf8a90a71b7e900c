"""Parts of `tools/make_public.py`: the words of the sources, how they are read, the tables made of them."""
