# %% [markdown] lang="ko"
# # 이 안내서에 대하여 {#about}
#
# 합성곱 신경망(convolutional neural network)을 처음 배우는 사람을 위한 강의 노트입니다. 한국어와 영어로 쓰였고, 두 언어는 같은 코드와 같은 숫자를 씁니다.
# 페이지에 나오는 측정값과 그림은 사이트를 만들 때 `cnn_guide` 패키지가 계산합니다.
#
# ## 어디서 왔나요? {#origin}
#
# 출발점은 머신러닝 입문 스터디의 7주차 강의 노트(jiwon0326, 2024년)입니다. 그 노트는 다음 책과 강의의 8장을 요약한 것입니다. 이 안내서는 그 순서를 따르되 글과 코드, 그림을 모두 새로 만들었습니다.
#
# - 박해선, 『혼자 공부하는 머신러닝+딥러닝』, 한빛미디어
# - 박해선, [혼자 공부하는 머신러닝+딥러닝 인프런 강의](https://www.inflearn.com/course/%ED%98%BC%EC%9E%90%EA%B3%B5%EB%B6%80-%EB%A8%B8%EC%8B%A0%EB%9F%AC%EB%8B%9D-%EB%94%A5%EB%9F%AC%EB%8B%9D/dashboard)
# - 책의 코드: [rickiepark/hg-mldl2](https://github.com/rickiepark/hg-mldl2). 신경망의 구조와 훈련 방법은 이 코드의 8장을 따릅니다.
#
# ## 노트와 다른 점 {#differences}
#
# | 노트 | 이 안내서 | 수업 |
# | --- | --- | --- |
# | 패딩은 한 픽셀을 덧붙이는 것 | 몇 줄인지는 커널의 크기와 스트라이드가 정합니다 | [패딩](components/padding.py#how-many) |
# | 풀링은 겹치지 않게 움직임 | 겹칠 수도 있습니다. 합성곱과 다른 점은 가중치가 없고 채널마다 따로 계산한다는 것입니다 | [풀링](components/pooling.py#overlap) |
# | 깊이가 있는 입력의 계산은 3차원 합성곱 | 채널이 여러 개인 2차원 합성곱입니다. Conv3D는 다른 계산입니다 | [채널](components/channels.py#conv3d) |
# | `best-model.keras`로 저장하고 `best-cnn-model.keras`를 읽음 | 실행 하나를 모든 수업이 함께 씁니다 | [이 사이트의 실행](run.py) |
# | 첫 층에 `input_shape=`를 지정 | `keras.Input`으로 시작합니다. Keras 3은 `input_shape=`에 경고를 냅니다 | [모델](classification/model.py#input) |
# | 정수를 `255.0`으로 나눔 | 먼저 float32로 바꿉니다. 메모리가 절반이면 됩니다 | [데이터](classification/data.py#scale) |
# | 층이 깊어지면 무엇을 감지하는지 알기 어려움 | 무엇에 반응하는지 이미지로 물어봅니다 | [맵이 반응하는 것](visualization/responses.py) |
#
# ## 참고한 자료 {#references}
#
# 강의 자료입니다. 문장과 코드를 가져오지 않고, 좋은 점과 빠진 점을 견주며 배웠습니다.
#
# - Aston Zhang, Zachary C. Lipton, Mu Li, Alexander J. Smola, [Dive into Deep Learning](https://d2l.ai/)
# - Zijie J. Wang 외, [CNN Explainer](https://poloclub.github.io/cnn-explainer/)
# - Stanford [CS231n](https://cs231n.github.io/convolutional-networks/): Convolutional Neural Networks
# - [Keras 문서](https://keras.io/api/layers/convolution_layers/convolution2d/)와 [예제](https://keras.io/examples/vision/)
#
# 수업에서 다루는 방법과 규칙의 출처입니다.
#
# - LeCun, Bottou, Bengio, Haffner (1998), [Gradient-based learning applied to document recognition](https://doi.org/10.1109/5.726791): 합성곱 신경망의 고전
# - Glorot, Bengio (2010), [Understanding the difficulty of training deep feedforward neural networks](https://proceedings.mlr.press/v9/glorot10a.html): 가중치의 초기화
# - Zeiler, Fergus (2014), [Visualizing and understanding convolutional networks](https://arxiv.org/abs/1311.2901): 이미지의 일부를 가려 보기
# - Dumoulin, Visin (2016), [A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285): 패딩, 스트라이드와 출력의 크기
# - Selvaraju 외 (2017), [Grad-CAM: Visual explanations from deep networks via gradient-based localization](https://arxiv.org/abs/1610.02391)
# - Xiao, Rasul, Vollgraf (2017), [Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms](https://arxiv.org/abs/1708.07747)
#
# ## 라이선스 {#licences}
#
# | 무엇 | 라이선스 |
# | --- | --- |
# | 글, 코드, 그림 | MIT. 출처를 남기면 고치고 다시 나누어 써도 됩니다 |
# | 데이터와 함께 들어 있는 표본: [Fashion-MNIST](https://github.com/zalandoresearch/fashion-mnist) | MIT, Zalando SE |
# | 그림의 글꼴 CNN Guide Sans | SIL Open Font License 1.1. 나눔바른고딕에서 쓰는 글자만 골라 이름을 바꾸었습니다 |
#
# 글꼴의 이름을 바꾼 것은, 고친 글꼴에 원래 이름을 쓰지 못하게 하는 라이선스이기 때문입니다. 라이선스 전문은 저장소의 `LICENSE`와 `cnn_guide/assets` 아래에 있습니다.
#
# ## 인용하기 {#cite}
#
# ```bibtex
# @misc{cnn_guide,
#   author = "{cnn\_guide contributors}",
#   title  = {A guide to convolutional networks},
#   year   = {2026},
#   note   = {Lecture notes in Korean and English}
# }
#
# @article{xiao2017fashion,
#   author  = {Xiao, Han and Rasul, Kashif and Vollgraf, Roland},
#   title   = {Fashion-{MNIST}: a novel image dataset for
#              benchmarking machine learning algorithms},
#   journal = {arXiv preprint arXiv:1708.07747},
#   year    = {2017}
# }
# ```
#
# 숫자를 인용할 때는 [실행의 이름](run.py)을 함께 적어 주세요. 그러면 읽는 사람이 같은 숫자를 다시 만들 수 있습니다.
#
# ## 읽는 사람의 정보 {#privacy}
#
# 이 사이트는 다른 서버에서 아무것도 불러오지 않습니다. 스크립트는 모두 이 사이트에 있고 글꼴은 읽는 사람의 컴퓨터에 있는 것을 씁니다. 방문 기록을 모으지 않으며, 인터넷이 막힌 교실에서도 그대로 열립니다.

# %% [markdown] lang="en"
# # About this guide {#about}
#
# These are lecture notes for people who meet convolutional neural networks for the first time. They are written in Korean and English, and both languages use the same code and the same numbers.
# The measurements and figures on the pages are computed by the package `cnn_guide` when the site is built.
#
# ## Where does it come from? {#origin}
#
# It grew out of the notes of week 7 of a machine learning study group (jiwon0326, 2024). Those notes summarise chapter 8 of the following book and course. This guide keeps their order; its text, code and figures are all new.
#
# - Haesun Park, 혼자 공부하는 머신러닝+딥러닝 (Machine learning and deep learning on your own), Hanbit Media
# - Haesun Park, [the course on Inflearn](https://www.inflearn.com/course/%ED%98%BC%EC%9E%90%EA%B3%B5%EB%B6%80-%EB%A8%B8%EC%8B%A0%EB%9F%AC%EB%8B%9D-%EB%94%A5%EB%9F%AC%EB%8B%9D/dashboard) that goes with the book
# - The code of the book: [rickiepark/hg-mldl2](https://github.com/rickiepark/hg-mldl2). The network and the way it is trained follow its chapter 8.
#
# ## What differs from the notes {#differences}
#
# | The notes | This guide | Lesson |
# | --- | --- | --- |
# | Padding adds one pixel | Kernel size and stride decide how much | [Padding](components/padding.py#how-many) |
# | Pooling windows do not overlap | They may overlap. What sets pooling apart: no weights, and each channel alone | [Pooling](components/pooling.py#overlap) |
# | The computation on an input with depth is called 3-D convolution | It is a 2-D convolution of several channels. Conv3D is another computation | [Channels](components/channels.py#conv3d) |
# | Saves `best-model.keras`, loads `best-cnn-model.keras` | All lessons share a single run | [The run of this site](run.py) |
# | Gives the first layer `input_shape=` | Starts with `keras.Input`. Keras 3 warns about `input_shape=` | [The network](classification/model.py#input) |
# | Divides whole numbers by `255.0` | Converts to float32 first, for half the memory | [Data](classification/data.py#scale) |
# | What deep layers detect is hard to tell | Images are used to ask what they respond to | [What maps respond to](visualization/responses.py) |
#
# ## References {#references}
#
# Teaching material. No sentence and no code was taken from it; we compared it to learn what is good and what is missing.
#
# - Aston Zhang, Zachary C. Lipton, Mu Li, Alexander J. Smola, [Dive into Deep Learning](https://d2l.ai/)
# - Zijie J. Wang and others, [CNN Explainer](https://poloclub.github.io/cnn-explainer/)
# - Stanford [CS231n](https://cs231n.github.io/convolutional-networks/): Convolutional Neural Networks
# - [Keras documentation](https://keras.io/api/layers/convolution_layers/convolution2d/) and [examples](https://keras.io/examples/vision/)
#
# Where the methods and rules of the lessons come from:
#
# - LeCun, Bottou, Bengio, Haffner (1998), [Gradient-based learning applied to document recognition](https://doi.org/10.1109/5.726791): the classic of convolutional networks
# - Glorot, Bengio (2010), [Understanding the difficulty of training deep feedforward neural networks](https://proceedings.mlr.press/v9/glorot10a.html): initialising weights
# - Zeiler, Fergus (2014), [Visualizing and understanding convolutional networks](https://arxiv.org/abs/1311.2901): covering a part of the image
# - Dumoulin, Visin (2016), [A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285): padding, stride and the size of the output
# - Selvaraju and others (2017), [Grad-CAM: Visual explanations from deep networks via gradient-based localization](https://arxiv.org/abs/1610.02391)
# - Xiao, Rasul, Vollgraf (2017), [Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms](https://arxiv.org/abs/1708.07747)
#
# ## Licences {#licences}
#
# | What | Licence |
# | --- | --- |
# | Text, code, figures | MIT: change it and pass it on, and keep the notice |
# | The data and the bundled sample: [Fashion-MNIST](https://github.com/zalandoresearch/fashion-mnist) | MIT, Zalando SE |
# | CNN Guide Sans, the font of the figures | SIL Open Font License 1.1: the glyphs in use of NanumBarunGothic, under another name |
#
# The font has another name because its licence reserves the original one. The full texts are in the repository, in `LICENSE` and below `cnn_guide/assets`.
#
# ## How to cite {#cite}
#
# ```bibtex
# @misc{cnn_guide,
#   author = "{cnn\_guide contributors}",
#   title  = {A guide to convolutional networks},
#   year   = {2026},
#   note   = {Lecture notes in Korean and English}
# }
#
# @article{xiao2017fashion,
#   author  = {Xiao, Han and Rasul, Kashif and Vollgraf, Roland},
#   title   = {Fashion-{MNIST}: a novel image dataset for
#              benchmarking machine learning algorithms},
#   journal = {arXiv preprint arXiv:1708.07747},
#   year    = {2017}
# }
# ```
#
# When you cite numbers, please give the [name of the run](run.py) as well: then your readers can reproduce them.
#
# ## What the site knows of you {#privacy}
#
# This site loads nothing from any other server. All scripts are here, and the fonts are those of your own computer. No visits are counted, and the site works just as well in a classroom without internet.
