import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_guide import avg_pool2d, max_pool2d, output_size, padding_amounts

FOUR_BY_FOUR = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])

sizes = st.tuples(st.integers(1, 7), st.integers(1, 7))
strides = st.tuples(st.integers(1, 3), st.integers(1, 3))
paddings = st.sampled_from(["valid", "same"])
both = pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])


@st.composite
def cases(draw):
    """Draw an image (height, width), pool size, stride and padding that go together."""
    size, stride, padding = draw(sizes), draw(strides), draw(paddings)
    free = draw(st.tuples(st.integers(0, 8), st.integers(0, 8)))
    shape = tuple(f + (s if padding == "valid" else 1) for s, f in zip(size, free, strict=True))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return random.normal(size=shape).astype(np.float32), size, stride, padding


def pool_by_loops(summary, image, size, stride, padding):
    """Spell the definition out: summarise the pixels of the image that each window covers."""
    (top, _), (left, _) = padding_amounts(image.shape, size, stride, padding)
    height, width = (
        output_size(*axis, padding) for axis in zip(image.shape, size, stride, strict=True)
    )
    output = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            y, x = row * stride[0] - top, column * stride[1] - left
            covered = [
                image[i, j]
                for i in range(y, y + size[0])
                for j in range(x, x + size[1])
                if 0 <= i < image.shape[0] and 0 <= j < image.shape[1]
            ]
            output[row, column] = summary(covered)
    return output


@settings(deadline=None)
@given(cases())
def test_max_pool2d_by_loops(case):
    np.testing.assert_array_equal(max_pool2d(*case), pool_by_loops(max, *case))


@settings(deadline=None)
@given(cases())
def test_avg_pool2d_by_loops(case):
    expected = pool_by_loops(lambda pixels: sum(map(float, pixels)) / len(pixels), *case)
    np.testing.assert_allclose(avg_pool2d(*case), expected, atol=1e-5)


@settings(deadline=None)
@given(cases())
def test_pooling_is_tensorflows(case):
    image, size, stride, padding = case
    images = np.stack([image, -image])[..., np.newaxis] * np.array([1, 2, 3], np.float32)
    arguments = (images, size, stride, padding)
    expected = tf.nn.max_pool2d(images, size, stride, padding.upper())
    np.testing.assert_array_equal(max_pool2d(*arguments), expected)
    expected = tf.nn.avg_pool2d(images, size, stride, padding.upper())
    np.testing.assert_allclose(avg_pool2d(*arguments), expected, atol=1e-5)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(
    ("size", "stride"), [(2, None), (3, 2), (2, 3), (4, 1), ((3, 1), (1, 2)), ((2, 7), None)]
)
def test_pooling_is_the_keras_layers(size, stride, padding):
    images = np.random.default_rng(0).normal(size=(2, 11, 9, 3)).astype(np.float32)
    layer = keras.layers.MaxPooling2D(size, stride, padding)
    np.testing.assert_array_equal(max_pool2d(images, size, stride, padding), layer(images))
    layer = keras.layers.AveragePooling2D(size, stride, padding)
    np.testing.assert_allclose(avg_pool2d(images, size, stride, padding), layer(images), atol=1e-5)


def test_pooling_by_hand():
    assert max_pool2d(FOUR_BY_FOUR).tolist() == [[6, 8], [5, 8]]
    assert avg_pool2d(FOUR_BY_FOUR).tolist() == [[3.5, 4.25], [3.5, 3.75]]
    assert max_pool2d(FOUR_BY_FOUR, 3, stride=1).tolist() == [[8, 8], [8, 8]]
    assert max_pool2d(np.zeros((2, 2, 3))).shape == (1, 1, 3)


def test_same_pads_never_win_and_never_count():
    image = -FOUR_BY_FOUR[:3, :3]
    assert max_pool2d(image, padding="same").tolist() == [[-1, 0], [-4, -1]]
    assert avg_pool2d(image, padding="same").tolist() == [[-3.5, -4], [-4.5, -1]]


@settings(deadline=None, max_examples=30)
@given(cases(), st.integers(-99, 99))
def test_average_of_a_constant_is_the_constant(case, constant):
    image, *rest = case
    result = avg_pool2d(np.full(image.shape, constant), *rest)
    np.testing.assert_allclose(result, constant)


@both
def test_channels_and_batch_are_pooled_alone(pool):
    images = np.random.default_rng(0).normal(size=(2, 2, 7, 5, 3))
    result = pool(images, 3, 2, "same")
    assert result.shape == (2, 2, 4, 3, 3)
    for place in np.ndindex(2, 2):
        np.testing.assert_array_equal(result[place], pool(images[place], 3, 2, "same"))
        for channel in range(3):
            expected = pool(images[place][..., channel], 3, 2, "same")
            np.testing.assert_array_equal(result[place][..., channel], expected)


@both
def test_empty_batch_gives_an_empty_batch(pool):
    assert pool(np.ones((0, 6, 4, 2))).shape == (0, 3, 2, 2)


@both
@pytest.mark.parametrize("size", [1, (1, 2), (2, 1)])
def test_pooling_never_returns_the_image_itself(pool, size):
    image = np.ones((4, 4))
    pool(image, size)[:] = 5
    assert image.max() == 1


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, np.float64])
def test_max_pool2d_keeps_the_dtype(dtype):
    assert max_pool2d(np.ones((3, 3), dtype), padding="same").dtype == dtype


@pytest.mark.parametrize(
    ("dtype", "expected"), [(np.float32, np.float32), (np.float64, np.float64), (int, np.float64)]
)
def test_avg_pool2d_dtype(dtype, expected):
    assert avg_pool2d(np.ones((3, 3), dtype), padding="same").dtype == expected


def test_avg_pool2d_of_small_whole_numbers_does_not_wrap():
    assert avg_pool2d(np.full((2, 2), 255, np.uint8)).item() == 255


def test_nan_loses_in_max_pooling_as_in_tensorflow():
    image = np.array([[np.nan, 1], [0, -1]], np.float32)
    for turned in (image, image[::-1], image[:, ::-1], image.T):
        expected = tf.nn.max_pool2d(turned[np.newaxis, ..., np.newaxis], 2, 2, "VALID")
        assert max_pool2d(turned).item() == expected.numpy().item() == 1


def test_nan_spreads_in_average_pooling_as_in_tensorflow():
    image = np.array([[np.nan, 1], [0, -1]], np.float32)
    expected = tf.nn.avg_pool2d(image[np.newaxis, ..., np.newaxis], 2, 2, "VALID")
    assert np.isnan(avg_pool2d(image).item())
    assert np.isnan(expected.numpy().item())


@both
def test_window_larger_than_the_image(pool):
    with pytest.raises(ValueError, match=r"pool_size \(5, 5\) does not fit .* \(4, 4\): add padd"):
        pool(FOUR_BY_FOUR, 5)


@both
@pytest.mark.parametrize("padding", ["full", 1, ((1, 1), (1, 1))])
def test_unknown_padding(pool, padding):
    with pytest.raises(ValueError, match="not known to pooling: use 'valid' or 'same'"):
        pool(FOUR_BY_FOUR, padding=padding)


@both
def test_pool_size_of_0(pool):
    with pytest.raises(ValueError, match="pool_size 0 does not work"):
        pool(FOUR_BY_FOUR, 0)


@both
def test_stride_not_whole(pool):
    with pytest.raises(ValueError, match=r"stride 1\.5 does not work"):
        pool(FOUR_BY_FOUR, 2, 1.5)


@both
def test_image_of_one_row_of_numbers(pool):
    with pytest.raises(ValueError, match=r"image \(4,\) has no rows and columns"):
        pool(FOUR_BY_FOUR[0])
