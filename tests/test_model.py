from cnn_guide import conv_parameters, dense_parameters, model, output_size


def test_shapes_and_parameters_layer_by_layer():
    network = model.build()
    assert [layer.output.shape[1:] for layer in network.layers] == [
        (28, 28, 32),
        (14, 14, 32),
        (14, 14, 64),
        (7, 7, 64),
        (3136,),
        (100,),
        (100,),
        (10,),
    ]
    assert [layer.count_params() for layer in network.layers] == [
        conv_parameters(3, 1, 32),
        0,
        conv_parameters(3, 32, 64),
        0,
        0,
        dense_parameters(output_size(14, 2, stride=2) ** 2 * 64, 100),
        0,
        dense_parameters(100, 10),
    ]
    assert network.count_params() == 333_526


def test_output_is_ten_probabilities():
    network = model.build()
    assert network.layers[-1].activation.__name__ == "softmax"
    assert network.output_shape == (None, 10)
    assert network.input_shape == (None, 28, 28, 1)
