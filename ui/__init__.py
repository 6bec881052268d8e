"""The Streamlit screens (floor 4)."""
