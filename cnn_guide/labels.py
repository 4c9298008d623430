"""Every word that a figure shows, in both languages, and the font that holds their glyphs.

The language is the page's: `set_language`, or the environment variable ``CNN_GUIDE_LANGUAGE``
when a kernel starts. A new word is one new line in `WORDS`: key, Korean, English.
"""

# One line for each text, however long: a table is read by its keys.
# ruff: noqa: E501

import os
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ko", "en")
FONTS = Path(__file__).parent / "assets" / "font"
FONT_FAMILY = "CNN Guide Sans"

# fmt: off
WORDS: dict[str, tuple[str, str]] = {
    # roles, used by every module
    "input": ("입력", "input"),
    "kernel": ("커널", "kernel"),
    "output": ("출력", "output"),
    "bias": ("절편", "bias"),
    "padding": ("패딩", "padding"),
    "channel": ("채널 {number}", "channel {number}"),
    "filter": ("필터 {number}", "filter {number}"),
    "map": ("맵 {number}", "map {number}"),
    "feature_map": ("특성 맵", "feature map"),
    "products": ("곱", "products"),
    "image": ("이미지", "image"),
    "padding.valid": ("밸리드 패딩", "valid padding"),
    "padding.same": ("세임 패딩", "same padding"),
    "padding.explicit": ("직접 정한 패딩", "explicit padding"),
    # windows
    "windows.padded_shape": ("패딩한 크기 {shape}", "padded to {shape}"),
    "windows.use_number": ("숫자는 그 픽셀을 읽는 창의 수", "the number tells how many windows read the pixel"),
    "windows.use_shade": ("픽셀을 읽는 창의 수", "windows that read the pixel"),
    "windows.side.top": ("위 {amount}", "top {amount}"),
    "windows.side.bottom": ("아래 {amount}", "bottom {amount}"),
    "windows.side.left": ("왼쪽 {amount}", "left {amount}"),
    "windows.side.right": ("오른쪽 {amount}", "right {amount}"),
    "windows.padded_input": ("패딩한 입력", "padded input"),
    "windows.added": ("모두\n더하기", "added\nup"),
    "windows.max": ("최대 풀링", "max pooling"),
    "windows.average": ("평균 풀링", "average pooling"),
    "windows.part": ("채널 {number}의 합", "sum of channel {number}"),
    "windows.all_channels": ("채널끼리\n더하기", "channels\nadded up"),
    "windows.sum_scale": ("합성곱 출력", "convolution output"),
    "windows.dense": ("밀집층", "dense layer"),
    "windows.conv": ("합성곱 층", "convolutional layer"),
    "windows.weights": ("가중치 {weights}개, 절편 {biases}개", "weights: {weights}, biases: {biases}"),
    "windows.stride_note": ("출력 {output} · ×: 읽히지 않는 픽셀, {never}개", "output {output} · ×: pixels never read, {never}"),
    "windows.stride": ("스트라이드 {stride}", "stride {stride}"),
    "windows.shift": ("이미지를 오른쪽으로 민 픽셀 수", "pixels that the image is shifted to the right"),
    "windows.shift_change": ("변한 양 (원래 값의 합 대비)", "change (share of the original sum)"),
    "windows.shift.none": ("풀링하지 않음", "not pooled"),
    "windows.shift.every_second": ("하나씩 걸러 남기기", "every second value"),
    "windows.shift.average": ("평균 풀링", "average pooling"),
    "windows.shift.max": ("최대 풀링", "max pooling"),
    "kernel.vertical": ("세로 경계", "vertical edges"),
    "kernel.horizontal": ("가로 경계", "horizontal edges"),
    "kernel.diagonal": ("대각선 경계", "diagonal edges"),
    "kernel.blur": ("흐리게", "blur"),
    "alt.pixel_use": (
        "{shape} 입력의 픽셀마다 그 픽셀을 읽는 창의 수를 적은 그림. {each}",
        "For each pixel of a {shape} input, the number of windows that read it. {each}",
    ),
    "alt.pixel_use.one": (
        "{padding}: 왼쪽 위 모서리 {corner}번, 위쪽 가장자리 {edge}번, 가운데 {middle}번, 한 번도 읽히지 않는 픽셀 {never}개.",
        "{padding}: top left corner {corner}, top edge {edge}, middle {middle}, pixels never read: {never}.",
    ),
    "alt.padding": (
        "{shape} 입력의 둘레에 0을 {zeros}개 붙여 {padded} 크기로 만든 그림. 위 {top}줄, 아래 {bottom}줄, 왼쪽 {left}줄, 오른쪽 {right}줄.",
        "A {shape} input padded to {padded} with {zeros} zeros. Lines added: top {top}, bottom {bottom}, left {left}, right {right}.",
    ),
    "alt.convolution": (
        "{image} 입력 위에 {kernel} 커널을 놓아 {output} 출력을 얻는 그림. 출력 {row}행 {column}열의 값은 {value}이고 전체 출력은 {values}입니다.",
        "A {image} input and a {kernel} kernel give a {output} output. The output in row {row}, column {column} is {value}; all outputs: {values}.",
    ),
    "alt.steps": (
        "{image} 입력 위로 {kernel} 커널을 옮기며 창 {count}개의 곱과 합을 차례로 보인 그림. 출력은 {values}입니다.",
        "A {kernel} kernel moves over a {image} input; products and sum are shown for each of the {count} windows. Outputs: {values}.",
    ),
    "alt.conv1d": (
        "길이 {length}인 입력 위로 가중치 {size}개를 옮겨 출력 {count}개를 얻는 그림. 출력은 {values}입니다.",
        "{size} weights move over an input of length {length} and give {count} outputs: {values}.",
    ),
    "alt.stride": (
        "{shape} 입력에 {kernel} 창을 스트라이드 {stride}, {padding} 조건으로 놓은 자리를 막대로 보인 그림. 출력은 {output}, 읽히지 않는 픽셀은 {never}개입니다.",
        "Bars show where a {kernel} window stands on a {shape} input with stride {stride} and {padding}. The output is {output}; pixels never read: {never}.",
    ),
    "alt.pooling": (
        "{image} 입력을 {pool} 창, 스트라이드 {stride} 조건으로 풀링하여 {output} 출력을 얻는 그림. 최대 풀링은 {largest}, 평균 풀링은 {average}입니다.",
        "Pooling a {image} input with a {pool} window and stride {stride} gives {output}. Max pooling: {largest}. Average pooling: {average}.",
    ),
    "alt.strided": (
        "{image} 이미지 하나에 같은 커널을 스트라이드만 바꾸어 적용한 결과. 크기: {each}.",
        "One {image} image and what the same kernel makes of it at several strides. Shapes: {each}.",
    ),
    "alt.pooled": (
        "{image} 이미지를 최대 풀링한 그림(위)과 평균 풀링한 그림(아래). 풀링한 크기: {shapes}.",
        "A {image} image after max pooling (top) and average pooling (bottom). Pooled shapes: {shapes}.",
    ),
    "alt.shift_change": (
        "이미지를 0픽셀에서 {most}픽셀까지 밀 때 특성 맵이 얼마나 변하는지 그린 선 그래프. {each}",
        "Lines show how much a feature map changes when its image is shifted by 0 to {most} pixels. {each}",
    ),
    "alt.channels": (
        "채널이 {channels}개인 입력과 {kernel} 커널의 합성곱. 채널마다 곱을 더한 뒤 채널끼리 더합니다. 표시된 출력은 {terms} = {value}, 출력 크기는 {output}입니다.",
        "Convolution of an input of {channels} channels with a {kernel} kernel: products are summed in each channel, then over the channels. The outlined output is {terms} = {value}; the output is {output}.",
    ),
    "alt.edge": (
        "이미지 하나와 커널 {count}개로 합성곱한 결과를 0이 가운데인 같은 색 눈금으로 나란히 보인 그림. {each}",
        "One image and its convolutions (kernels: {count}) on one colour scale with zero in the middle. {each}",
    ),
    "alt.edge.one": ("{name}: {low}에서 {high}까지.", "{name}: from {low} to {high}."),
    "alt.dense_vs_conv": (
        "입력 {inputs}개와 출력 {outputs}개를 잇는 선. 밀집층은 모든 출력이 모든 입력을 읽어 가중치가 {dense}개이고, 합성곱 층은 출력마다 이웃한 입력 {kernel}개를 읽으며 같은 가중치 {kernel}개를 함께 씁니다.",
        "Lines join {inputs} inputs and {outputs} outputs. In the dense layer every output reads every input with {dense} weights; in the convolutional layer each output reads {kernel} neighbouring inputs and all share the same {kernel} weights.",
    ),
    "windows.axis.height": ("높이 {size}", "height {size}"),
    "windows.axis.width": ("너비 {size}", "width {size}"),
    "windows.axis.filters": ("필터 {size}개", "filters: {size}"),
    "windows.moved": ("옮긴 이미지", "moved image"),
    "windows.moved_map": ("옮긴 이미지의 특성 맵", "feature map of the moved image"),
    "windows.brightness": ("픽셀값", "pixel value"),
    "alt.stack": (
        "특성 맵 {filters}개를 겹겹이 쌓아 {shape} 배열을 이룬 그림. 맨 앞이 필터 1입니다.",
        "{filters} feature maps stacked into an array of shape {shape}. Filter 1 is in front.",
    ),
    "alt.shift": (
        "{image} 이미지와 옮긴 이미지, 그 아래에 각각의 특성 맵. 가장 큰 값의 자리는 {row}행 {column}열에서 {moved_row}행 {moved_column}열로 옮겨 갑니다.",
        "A {image} image, the image moved, and below each its feature map. The largest value moves from row {row}, column {column} to row {moved_row}, column {moved_column}.",
    ),
    # dense
    "dense.flattened": ("한 줄로 펼친 이미지", "the image in one row"),
    "dense.shuffled": ("픽셀을 뒤섞은 이미지", "the image, pixels shuffled"),
    "dense.sum": ("곱해서 더하기", "multiply and add"),
    "dense.matrix": ("가중치 행렬", "weight matrix"),
    "alt.flatten": (
        "{image} 이미지와, 같은 숫자 {count}개를 한 줄로 펼친 그림. {window} 창에 든 이웃들이 펼친 줄에서는 {places}번째에서 시작하는 조각으로 흩어집니다.",
        "A {image} image and its {count} numbers in one row. The neighbours in a {window} window fall into pieces that start at places {places} of the row.",
    ),
    "alt.conv1d_steps": (
        "길이 {length}인 입력 위로 커널 {kernel}을 한 칸씩 옮긴 {count}단계의 곱과 합. 출력은 {values}입니다.",
        "The kernel {kernel} moves over an input of length {length}; products and sum of each of the {count} steps. Outputs: {values}.",
    ),
    "alt.conv_as_dense": (
        "합성곱을 {shape} 가중치 행렬과 입력의 곱으로 그린 그림. 행마다 같은 가중치 {size}개가 한 칸씩 밀려 있고 나머지 {zeros}칸은 0입니다. 출력은 {values}입니다.",
        "A convolution as a {shape} weight matrix times the input. Every row holds the same {size} weights, one place further on; the other {zeros} cells are 0. Outputs: {values}.",
    ),
    # results
    "epoch": ("에포크", "epoch"),
    "loss": ("손실", "loss"),
    "accuracy": ("정확도", "accuracy"),
    "training": ("훈련 세트", "training set"),
    "validation": ("검증 세트", "validation set"),
    "test": ("테스트 세트", "test set"),
    "probability": ("확률", "probability"),
    "target": ("타깃", "target"),
    "prediction": ("예측", "prediction"),
    "results.best": ("최선의 에포크 {epoch}", "best epoch {epoch}"),
    "results.stopped": ("조기 종료까지", "until early stopping"),
    "results.mean": ("평균 {accuracy:.1%}", "mean {accuracy:.1%}"),
    "results.loss": ("교차 엔트로피", "cross-entropy"),
    "results.accuracy": ("맞힌 비율", "share predicted right"),
    "seeds.published": ("공개된 실행", "published runs"),
    "seeds.full": ("이 사이트, 전체 데이터", "this site, all data"),
    "seeds.sample": ("이 사이트, 표본 데이터", "this site, sample data"),
    "seeds.run": ("이 사이트의 실행", "the run of this site"),
    "alt.history": (
        "에포크 {epochs}개 동안의 손실과 정확도 그래프. 검증 손실은 {best}번째 에포크에서 {loss:.4f}로 가장 작고, 이때 검증 정확도는 {accuracy:.4f}입니다. 마지막 에포크의 훈련 손실은 {last:.4f}입니다.",
        "Loss and accuracy over {epochs} epochs. The validation loss is lowest at epoch {best}, {loss:.4f}, with a validation accuracy of {accuracy:.4f}. The training loss ends at {last:.4f}.",
    ),
    "alt.probabilities": (
        "이미지 하나와 클래스 {count}개의 확률 막대. 가장 높은 것은 {first} {share:.1%}, 다음은 {second} {next_share:.1%}입니다.",
        "An image and the probabilities of {count} classes as bars. Highest: {first}, {share:.1%}; next: {second}, {next_share:.1%}.",
    ),
    "alt.probabilities.target": (" 타깃은 {name}입니다.", " The target is {name}."),
    "alt.confusion": (
        "클래스 {count}개의 혼동 행렬. 이미지 {total}장 가운데 {right}장을 맞혔습니다({share:.1%}). 가장 잦은 혼동은 타깃 {target}, 예측 {prediction}: {mistakes}장입니다.",
        "Confusion matrix of {count} classes. {right} of {total} images are right ({share:.1%}). Most frequent confusion: target {target}, prediction {prediction}, {mistakes} images.",
    ),
    "alt.gallery": ("이미지 {count}장: {titles}.", "Images: {count}. {titles}."),
    "alt.seeds": ("실행마다 얻은 정확도를 점으로 찍은 그림. {each}", "Accuracies of single runs as dots. {each}"),
    "alt.seeds.one": (
        "{name}, {set}: {low:.4f}에서 {high:.4f}까지.",
        "{name}, {set}: from {low:.4f} to {high:.4f}.",
    ),
    "alt.class_accuracy": (
        "클래스마다의 정확도 막대. 가장 낮은 것은 {lowest} {low:.1%}, 가장 높은 것은 {highest} {high:.1%}, 평균은 {mean:.1%}입니다.",
        "Accuracy of each class as bars. Lowest: {lowest}, {low:.1%}; highest: {highest}, {high:.1%}; mean: {mean:.1%}.",
    ),
    # maps
    "weight": ("가중치", "weight"),
    "count": ("개수", "count"),
    "activation": ("활성화 출력", "activation"),
    "maps.kernel_number": ("커널 {number}", "kernel {number}"),
    "maps.trained": ("훈련한 뒤: 평균 {mean:.4f}, 표준 편차 {std:.4f}", "trained: mean {mean:.4f}, standard deviation {std:.4f}"),
    "maps.untrained": ("훈련하기 전: 평균 {mean:.4f}, 표준 편차 {std:.4f}", "untrained: mean {mean:.4f}, standard deviation {std:.4f}"),
    "maps.limit": ("균등 분포의 한계 ±{limit:.4f}", "limits of the uniform distribution, ±{limit:.4f}"),
    "maps.mean": ("평균", "mean"),
    "maps.own_scale": ("활성화 출력, 맵마다 다른 눈금", "activation, each map on its own scale"),
    "maps.most": ("최대", "max"),
    "maps.before": ("훈련\n전", "before"),
    "maps.after": ("훈련\n후", "after"),
    "maps.difference": ("차이", "change"),
    "maps.number_means": ("숫자는 활성화 출력", "the number is the activation"),
    "maps.silent": ("빗금 0: 이 이미지에서 모두 0인 맵 {count}개", "hatched 0: maps that are zero for this image, {count}"),
    "maps.dead": ("빗금 ×: 어떤 이미지에서도 0인 맵 {count}개", "hatched ×: maps that are zero for every image, {count}"),
    "maps.patch": ("이미지 조각", "image patch"),
    "maps.traced": ("합 {total} + 절편 {bias} = {value}  →  ReLU  →  {activation}", "sum {total} + bias {bias} = {value}  →  ReLU  →  {activation}"),
    "maps.keras": ("모델이 계산한 값 {activation}, 차이 {difference:.1g}", "computed by the model {activation}, difference {difference:.1g}"),
    "maps.covered": ("가렸을 때의 변화", "change when covered"),
    "maps.change": ("확률의 변화", "change of probability"),
    "maps.heat": ("Grad-CAM", "Grad-CAM"),
    "maps.overlay": ("겹친 그림", "overlay"),
    "maps.relevance": ("상대적 크기", "relative size"),
    "maps.class": ("{name} {share:.1%}", "{name} {share:.1%}"),
    "alt.kernels": (
        "커널 {count}개를 −{scale}에서 {scale}까지의 같은 색 눈금으로 보인 그림. 평균 {mean}, 표준 편차 {std}, 가장 작은 값 {low}, 가장 큰 값 {high}.",
        "{count} kernels on one colour scale from −{scale} to {scale}. Mean {mean}, standard deviation {std}, smallest {low}, largest {high}.",
    ),
    "alt.kernel_change": (
        "커널 {numbers}의 훈련 전, 훈련 후, 그 차이를 −{scale}에서 {scale}까지의 같은 색 눈금으로 보인 그림. 가장 많이 변한 가중치는 커널 {most}에서 {change} 변했습니다.",
        "Kernels {numbers} before training, after it, and the change, on one colour scale from −{scale} to {scale}. The weight that changed most is in kernel {most}: {change}.",
    ),
    "alt.histogram": ("가중치 히스토그램. {each}", "Histogram of weights. {each}"),
    "alt.maps": (
        "({height}, {width}) 크기의 특성 맵 {count}개. {scale}. 가장 큰 활성화 출력은 맵 {strongest}의 {high}이고, 이 이미지에서 모두 0인 맵은 {silent}개입니다.",
        "{count} feature maps of ({height}, {width}). {scale}. The largest activation is {high} in map {strongest}; maps that are zero for this image: {silent}.",
    ),
    "alt.maps.shared": ("모든 맵이 같은 색 눈금을 씁니다", "All maps share one colour scale"),
    "alt.maps.each": ("맵마다 자기 최댓값까지의 색 눈금을 씁니다", "Each map is scaled to its own maximum"),
    "alt.maps.dead": (" 어떤 이미지에서도 0인 맵은 {count}개입니다.", " Maps that are zero for every image: {count}."),
    "alt.traced": (
        "({height}, {width}) 이미지 조각과 커널을 칸마다 곱해 더하면 {total}, 절편 {bias}까지 더하면 {value}, ReLU를 지나면 {activation}입니다. 모델이 계산한 값은 {keras}입니다.",
        "A ({height}, {width}) image patch times a kernel, cell by cell, sums to {total}; with the bias {bias} it is {value}, after ReLU {activation}. The model computed {keras}.",
    ),
    "alt.pairs": (
        "이미지 하나, 커널 {count}개, 그 커널이 만든 특성 맵을 짝지어 보인 그림. 가장 큰 활성화 출력: {each}",
        "An image, {count} kernels and the feature map of each, in pairs. Largest activations: {each}",
    ),
    "alt.pairs.one": ("맵 {number} {high}", "map {number} {high}"),
    "alt.occlusion": (
        "{name}의 확률 {share:.1%}가 이미지의 각 부분을 가렸을 때 얼마나 변하는지 보인 그림. 가장 크게 줄어드는 곳은 {row}행 {column}열이며 변화는 {drop}입니다.",
        "How the probability of {name}, {share:.1%}, changes when a part of the image is covered. The largest drop is at row {row}, column {column}: {drop}.",
    ),
    "alt.grad_cam": (
        "{name}({share:.1%})에 대한 Grad-CAM. 이미지, ({height}, {width}) 열 지도, 겹친 그림을 나란히 놓았습니다. 가장 강한 곳은 열 지도의 {row}행 {column}열입니다.",
        "Grad-CAM for {name} ({share:.1%}): image, heat map of ({height}, {width}), and both overlaid. The strongest place is row {row}, column {column} of the heat map.",
    ),
    "alt.heat_maps": (
        "이미지 위에 ({rows}, {columns}) 열 지도 {count}장을 하나씩 겹친 그림. 가장 강한 곳: {each}.",
        "An image with each of {count} heat maps of ({rows}, {columns}) laid over it. The strongest places: {each}.",
    ),
    "alt.heat_maps.one": ("{name} {row}행 {column}열", "{name}, row {row}, column {column}"),
    "alt.responses": (
        "특성 맵 {count}개마다 가장 강하게 반응한 이미지 조각 {patches}개씩. 가장 큰 활성화 출력: {each}",
        "For each of {count} feature maps, the {patches} image patches that excite it most. Largest activations: {each}",
    ),
    # network
    "layer.input": ("입력", "input"),
    "layer.padding": ("패딩", "padding"),
    "layer.conv": ("합성곱", "convolution"),
    "layer.relu": ("ReLU", "ReLU"),
    "layer.max_pool": ("최대 풀링", "max pooling"),
    "layer.flatten": ("펼치기", "flatten"),
    "layer.dense": ("밀집층", "dense"),
    "layer.dropout": ("드롭아웃", "dropout"),
    "layer.softmax": ("소프트맥스", "softmax"),
    "network.parameters": ("가중치와 절편\n{count:,}개", "weights, biases\n{count:,}"),
    "network.field": ("입력 {size}칸을 봅니다", "sees {size} inputs"),
    "network.stride": ("스트라이드 {stride}", "stride {stride}"),
    "course.components": ("구성 요소", "Components"),
    "course.classification": ("이미지 분류", "Classification"),
    "course.visualization": ("시각화", "Visualisation"),
    "course.dense": ("밀집층과 합성곱", "Dense and convolution"),
    "course.convolution": ("2차원 합성곱", "2-D convolution"),
    "course.padding": ("패딩", "Padding"),
    "course.stride": ("스트라이드", "Stride"),
    "course.pooling": ("풀링", "Pooling"),
    "course.channels": ("채널", "Channels"),
    "course.network": ("신경망 전체", "The whole network"),
    "course.data": ("데이터", "Data"),
    "course.model": ("모델", "The network"),
    "course.training": ("훈련", "Training"),
    "course.evaluation": ("평가", "Evaluation"),
    "course.kernels": ("커널", "Kernels"),
    "course.functional_api": ("함수형 API", "Functional API"),
    "course.feature_maps": ("특성 맵", "Feature maps"),
    "course.responses": ("맵이 반응하는 것", "What maps respond to"),
    "alt.graph": (
        "층을 위에서 아래로 놓은 그림. {layers}. 모델의 출력은 {outputs}입니다.",
        "Layers from top to bottom: {layers}. Outputs of the model: {outputs}.",
    ),
    "alt.graph.rest": (" 마지막 출력 아래의 층은 계산하지 않습니다.", " Layers below the last output are not computed."),
    "alt.network": ("신경망 그림. {stages}.", "Diagram of a network. {stages}."),
    "alt.network.parameters": (" 가중치와 절편은 모두 {count:,}개입니다.", " Weights and biases in all: {count:,}."),
    "alt.arrays": ("신경망의 단계마다 배열의 값을 모두 보인 그림. {stages}.", "Every array of a network with its numbers, stage by stage. {stages}."),
    "alt.field": (
        "층을 지날수록 넓어지는 수용 영역. 마지막 층의 한 칸이 보는 입력의 칸 수는 차례로 {sizes}입니다.",
        "The receptive field grows from layer to layer. One cell sees this many inputs, in order: {sizes}.",
    ),
    "alt.seen": (
        "같은 이미지에 층마다 한 칸이 보는 픽셀을 칠한 그림. 그 넓이는 차례로 {sizes}입니다.",
        "The same image once for each layer, with the pixels coloured that one cell sees. Their extent is, in order, {sizes}.",
    ),
    "alt.course": ("강의의 지도: {sections}.", "Map of the course: {sections}."),
    # layers
    "layers.weights": ("채널 {number}의 가중치", "weights, channel {number}"),
    "layers.sum": ("합 + 절편", "sum + bias"),
    "layers.brightness": ("밝기", "brightness"),
    "layers.grey": ("세 채널의 평균", "mean of the three"),
    "layers.unit": ("뉴런 {number}", "neuron {number}"),
    "layers.products": ("곱의 합", "sum of products"),
    "layers.score": ("점수", "score"),
    "colour.red": ("빨강", "red"),
    "colour.green": ("초록", "green"),
    "colour.blue": ("파랑", "blue"),
    "kernel.alike": ("세 채널에 같게", "same for all three"),
    "kernel.opposed": ("빨강 − 파랑", "red − blue"),
    "alt.layer": (
        "{image} 입력에 {kernels} 커널을 적용하는 합성곱 층. 필터마다 채널별 가중치, 절편을 더한 특성 맵, ReLU를 지난 맵을 보입니다. 특성 맵은 {maps}이고, ReLU가 0으로 바꾼 값은 {negative}개입니다.",
        "A convolutional layer with a {image} input and {kernels} kernels: for each filter the weights of each channel, the map with its bias, and the map after ReLU. The maps are {maps}; ReLU turns {negative} values into 0.",
    ),
    "alt.layer.pooled": (" 최대 풀링 뒤에는 {pooled}입니다.", " Max pooling leaves {pooled}."),
    "alt.colour": (
        "색 이미지 하나, 빨강·초록·파랑 채널과 그 평균, 그리고 커널 {count}개로 합성곱한 결과를 0이 가운데인 같은 색 눈금으로 보인 그림. {each}",
        "A colour image, its red, green and blue channels and their mean, and its convolutions with {count} kernels on one colour scale with zero in the middle. {each}",
    ),
    "alt.dense": (
        "입력 {inputs}개에 뉴런 {units}개의 가중치를 곱해 더하고 절편을 더한 점수와 소프트맥스 확률. 점수는 {scores}, 확률은 {probabilities}입니다.",
        "{inputs} inputs times the weights of {units} neurons, plus biases, give scores and softmax probabilities. Scores: {scores}. Probabilities: {probabilities}.",
    ),
}
# fmt: on

_language: str | None = None


def set_language(code: str) -> None:
    """Set the language of the figures that follow: "ko" or "en"."""
    global _language
    _language = _checked(code)


def language() -> str:
    """Return the language of the figures: as set, else ``CNN_GUIDE_LANGUAGE``, else "ko"."""
    return _language or _checked(os.environ.get("CNN_GUIDE_LANGUAGE", "ko"))


def _checked(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"language {code!r}: {' or '.join(map(repr, LANGUAGES))} fits")
    return code


def text(key: str, **values: Any) -> str:
    """Return the words of `key` in the current language, with `values` put in.

    Raises KeyError for a key that is not in `WORDS`, and for a value that the words need.

    >>> set_language("en")
    >>> text("channel", number=2)
    'channel 2'
    >>> set_language("ko")
    >>> text("channel", number=2)
    '채널 2'
    """
    if key not in WORDS:
        raise KeyError(f"no words for {key!r}: add a line to WORDS in cnn_guide/labels.py")
    return WORDS[key][LANGUAGES.index(language())].format(**values)


@cache
def font_family() -> str:
    """Register the bundled font with matplotlib, once, and return the name of its family."""
    # Here, not above: text without a figure needs no matplotlib.
    from matplotlib import font_manager

    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    return FONT_FAMILY
