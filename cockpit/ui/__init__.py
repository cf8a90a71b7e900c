"""The only package that imports streamlit: shell, filters, components, access, language."""
