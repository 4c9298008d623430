"""The network of this course: two convolutional layers with pooling, then two dense layers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def build() -> "keras.Sequential":
    """Build the untrained network: images (n, 28, 28, 1) in, ten probabilities (n, 10) out.

    333,526 parameters; the network of chapter 8 of Haesun Park's book (rickiepark/hg-mldl2).
    """
    import keras

    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(32, kernel_size=3, activation="relu", padding="same"))
    model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Conv2D(64, kernel_size=3, activation="relu", padding="same"))
    model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(100, activation="relu"))
    model.add(keras.layers.Dropout(0.4))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model
