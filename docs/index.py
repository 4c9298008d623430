# %% [markdown] lang="ko"
# # 합성곱 신경망 안내서 {#guide}
#
# 부츠 사진 한 장이 합성곱 신경망(convolutional neural network) 안에서 어떻게 바뀌는지, **모든 숫자를 직접 계산하며** 따라가는 강의입니다.
# 아래 그림은 훈련을 마친 신경망에서 꺼낸 작은 숫자판, 곧 커널(kernel) 네 개와, 그 커널이 부츠 위를 지나며 만든 특성 맵(feature map)입니다.
# 그림을 만든 코드는 이것이 전부입니다.

# %% [markdown] lang="en"
# # A guide to convolutional networks {#guide}
#
# What happens to the picture of a boot inside a convolutional neural network? This course follows it and **computes every number on the way**.
# The figure shows four kernels, small grids of numbers taken from a trained network, and the feature map that each makes as it moves over the boot.
# This is all the code that draws it.

# %%
import numpy as np

from cnn_guide import conv2d
from cnn_guide.fashion_mnist import load, scale
from cnn_guide.figures import kernel_and_map_figure
from cnn_guide.training import find_or_train

data, run = load(), find_or_train()
boot = scale(data.test_images[data.test_labels == 9])[0]  # not trained on
kernels, biases = run.model.layers[0].get_weights()
maps = np.maximum(conv2d(boot, kernels, biases, padding="same"), 0)

right = (kernels[:, 2] - kernels[:, 0]).sum(axis=(0, 1))  # heavier than the left
below = (kernels[2] - kernels[0]).sum(axis=(0, 1))
chosen = [right.argmax(), right.argmin(), below.argmax(), below.argmin()]
kernel_and_map_figure(boot, kernels[:, :, 0, chosen], maps[..., chosen], chosen)

# %% [markdown] lang="ko"
# {{ chosen[0] }}번 커널은 오른쪽 숫자가 더 커서 부츠의 **왼쪽** 가장자리에서 밝아지고, {{ chosen[1] }}번 커널은 그 반대입니다. 나머지 둘은 위와 아래를 견줍니다. 아무도 이 숫자를 정해 주지 않았습니다.
# 신경망이 옷 사진 {{ f"{run.manifest['data']['training_images']:,}" }}장을 보며 스스로 찾은 값입니다. 이런 맵들을 보고 신경망은 처음 보는 사진
# {{ f"{run.manifest['data']['test_images']:,}" }}장 가운데 {{ f"{run.test_accuracy:.1%}" }}를 맞힙니다.
#
# ## 이 강의를 마치면 {#outcomes}
#
# - 패딩(padding), 스트라이드(stride), 풀링(pooling), 합성곱(convolution)의 출력을 손으로 구하고, 출력의 크기와 가중치(weight)의 개수를 실행하기 전에 말할 수 있습니다.
# - 옷 사진을 분류하는 신경망을 Keras로 만들어 훈련하고, 정확도(accuracy)가 알려 주는 것과 알려 주지 않는 것을 설명할 수 있습니다.
# - 훈련된 신경망을 열어 커널과 특성 맵을 꺼내고, 무엇을 근거로 답했는지 알아낼 수 있습니다.
#
# 파이썬을 쓸 줄 알고, 밀집층(dense layer)으로 된 신경망을 한 번쯤 만나 보았으면 충분합니다.
#
# ## 강의의 지도 {#map}
#
# 화살표를 따라 차례로 읽으면, 앞에서 배운 것만으로 다음 수업을 이해할 수 있습니다.

# %% [markdown] lang="en"
# The numbers of kernel {{ chosen[0] }} are larger on the right, so it lights up at the **left** edge of the boot; kernel {{ chosen[1] }} does the opposite. The other two compare above with below. Nobody chose these numbers.
# The network found them by itself, from {{ f"{run.manifest['data']['training_images']:,}" }} pictures of clothes. With maps like these it recognises {{ f"{run.test_accuracy:.1%}" }} of
# {{ f"{run.manifest['data']['test_images']:,}" }} pictures that it has never seen.
#
# ## After this course {#outcomes}
#
# - you can work out by hand what padding, stride, pooling and convolution give, and tell the size of the output and the number of weights before you run anything;
# - you can build a network that sorts pictures of clothes in Keras, train it, and explain what its accuracy tells and what it does not;
# - you can open a trained network, take out its kernels and feature maps, and find out what an answer rests on.
#
# If you know Python and have met a network of dense layers before, you know enough to start.
#
# ## Map of the course {#map}
#
# Follow the arrows: each lesson needs only what came before it.

# %%
from cnn_guide.figures import course_map_figure

course_map_figure()

# %% [markdown] lang="ko"
# ### 구성 요소 {#components}
#
# 1. [밀집층과 합성곱](components/dense.py): 모든 입력을 읽는 대신, 가까운 것만 같은 가중치로 읽습니다.
# 2. [2차원 합성곱과 특성 맵](components/convolution.py): 창을 하나씩 옮기며 (4, 4) 입력을 손으로 계산합니다.
# 3. [패딩](components/padding.py): 둘레에 0을 몇 줄, 어느 쪽에 붙이는지 구합니다.
# 4. [스트라이드](components/stride.py): 몇 칸씩 움직이는지가 출력의 크기와 읽히지 않는 픽셀을 정합니다.
# 5. [풀링](components/pooling.py): 창마다 값 하나만 남기고, 무엇을 얻고 무엇을 잃는지 잽니다.
# 6. [채널](components/channels.py): 여러 겹의 입력을 커널 하나가 어떻게 읽는지 봅니다.
# 7. [합성곱 신경망의 구조](components/network.py): 입력에서 예측까지, 모든 배열을 한 번에 계산합니다.
#
# ### 이미지 분류 {#classification}
#
# 1. [데이터](classification/data.py): 열 가지 옷 사진을 불러와 셋으로 나눕니다.
# 2. [모델](classification/model.py): 층마다 모양과 가중치의 개수를 먼저 맞히고 Keras로 확인합니다.
# 3. [훈련](classification/training.py): 언제 멈추고 무엇을 저장하는지, 왜 숫자가 매번 조금씩 다른지 봅니다.
# 4. [평가](classification/evaluation.py): 얼마나 맞혔고, 무엇을 왜 틀렸는지 살펴봅니다.
#
# ### 시각화 {#visualization}
#
# 1. [커널과 가중치](visualization/kernels.py): 훈련이 가중치를 어떻게 바꾸었는지 훈련 전과 비교합니다.
# 2. [함수형 API](visualization/functional_api.py): 모델의 중간 출력을 꺼내는 방법을 배웁니다.
# 3. [특성 맵](visualization/feature_maps.py): 두 합성곱 층의 모든 맵을 보고, 픽셀 하나를 손으로 다시 계산합니다.
# 4. [맵이 반응하는 것](visualization/responses.py): 맵을 켜는 무늬를 찾고, 답의 근거를 그려 봅니다.
#
# ## 읽는 방법 세 가지 {#ways}
#
# **그냥 읽기.** 그림과 질문만 따라가도 됩니다. 질문이 나오면 답을 적은 다음 내려가 보세요. 수업 끝의 연습 문제는 답을 맞춰 볼 수 있습니다.
#
# **복사해서 실행하기.** 수업마다 제목 아래에서 노트북을 내려받거나 코드를 모두 복사할 수 있습니다. 노트북의 첫 칸이 이 수업에 맞는 패키지를 설치하므로,
# 여기서 본 것과 같은 결과가 나옵니다. 숫자를 바꾸며 실행해 보세요.
#
# **처음부터 다시 만들기.** 저장소를 내려받아 명령 하나를 실행하면 신경망 훈련부터 이 페이지를 만드는 일까지 모두 되풀이됩니다.
#
# ```
# python -m pip install -c constraints.txt -e ".[site]" && mkdocs build
# ```
#
# 수업을 고치거나 새로 쓰고 싶다면 [함께 만들기](contributing.py)를 보세요.
#
# ## 함께 두고 볼 것 {#more}
#
# - [흔한 오해](misconceptions.py): 그럴듯하지만 틀린 말을 하나씩 계산으로 반박합니다.
# - [용어집](glossary.md): 용어의 뜻과, 그것을 설명하는 수업입니다.
# - [이 사이트의 실행](run.py): 이 신경망의 커널과 맵, 정확도는 모두 훈련 한 번, `{{ run.id }}`에서 나왔습니다.
# - [이 안내서에 대하여](about.py): 출처와 라이선스, 인용하는 방법입니다.

# %% [markdown] lang="en"
# ### Components {#components}
#
# 1. [From dense to convolution](components/dense.py): instead of reading every input, read what is near, with the same weights.
# 2. [Two-dimensional convolution and the feature map](components/convolution.py): work through a (4, 4) input by hand, window by window.
# 3. [Padding](components/padding.py): how many rows of zeros to add, and on which side.
# 4. [Stride](components/stride.py): how far the window moves decides the size of the output and which pixels are never read.
# 5. [Pooling](components/pooling.py): keep one value of each window, and measure what is gained and what is lost.
# 6. [Channels](components/channels.py): how one kernel reads an input of several sheets.
# 7. [How a convolutional neural network is built](components/network.py): from input to prediction, every array computed in one go.
#
# ### Classification {#classification}
#
# 1. [Data](classification/data.py): load pictures of ten kinds of clothes and split them in three.
# 2. [The network](classification/model.py): predict the shape and the number of weights of each layer, then check with Keras.
# 3. [Training](classification/training.py): when to stop, what to save, and why the numbers differ a little every time.
# 4. [Evaluation](classification/evaluation.py): how much is right, and what goes wrong and why.
#
# ### Visualisation {#visualization}
#
# 1. [Kernels and weights](visualization/kernels.py): compare the weights with those before training.
# 2. [The functional API](visualization/functional_api.py): how to take out what a model computes along the way.
# 3. [Feature maps](visualization/feature_maps.py): see all maps of both convolutional layers, and rebuild one pixel by hand.
# 4. [What maps respond to](visualization/responses.py): find the patterns that wake a map, and draw what an answer rests on.
#
# ## Three ways in {#ways}
#
# **Read.** Figures and questions are enough to follow. When a question comes, write down your answer before you scroll on. The exercises at the end of a lesson check your answers.
#
# **Copy and run.** Under the title of each lesson you can download its notebook or copy all of its code. The first cell of the notebook installs the package that the lesson was made with,
# so you get the results that you see here. Change the numbers and run it again.
#
# **Rebuild.** Clone the repository; one command then repeats everything, from training the network to making this page.
#
# ```
# python -m pip install -c constraints.txt -e ".[site]" && mkdocs build
# ```
#
# To correct a lesson or write a new one, see [Contributing](contributing.py).
#
# ## Keep at hand {#more}
#
# - [Common misconceptions](misconceptions.py): plausible but wrong statements, each refuted by a computation.
# - [Glossary](glossary.md): what the terms mean, and the lesson that explains each.
# - [The run of this site](run.py): this network's kernels, maps and accuracy all come from a single training, `{{ run.id }}`.
# - [About this guide](about.py): sources, licences, and how to cite it.
