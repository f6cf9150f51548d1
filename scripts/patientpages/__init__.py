"""Patient Pages: patient information that is checked to say what it must say."""

__version__ = "0.1.0"
