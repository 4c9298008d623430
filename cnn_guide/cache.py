"""Where trained runs and executed lessons are kept between builds."""

import os
from pathlib import Path

from platformdirs import user_cache_path


def cache_dir() -> Path:
    """Return the folder for everything that can be computed again.

    The user's cache folder, unless the environment variable ``CNN_GUIDE_CACHE`` names another.
    """
    override = os.environ.get("CNN_GUIDE_CACHE")
    return Path(override) if override else user_cache_path("cnn_guide", appauthor=False)
