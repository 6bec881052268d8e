"""The map of the app and the editor on it: an own Streamlit component, with Leaflet as its map engine."""
