"""Convolutional networks from the inside: padding, convolution and pooling in NumPy.

The names are listed in `__init__.pyi` and imported when first asked for, so that a lesson loads
only the modules it teaches with.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
