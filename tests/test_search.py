"""The site's search, asked through its own worker: the page that must come first for each query."""

import pytest
from conftest import no

CONVOLUTION, DENSE = "components/convolution/", "components/dense/"
PADDING, STRIDE, POOLING = "components/padding/", "components/stride/", "components/pooling/"
CHANNELS, NETWORK = "components/channels/", "components/network/"
DATA, MODEL = "classification/data/", "classification/model/"
TRAINING, EVALUATION = "classification/training/", "classification/evaluation/"
KERNELS, FUNCTIONAL = "visualization/kernels/", "visualization/functional_api/"
MAPS, RESPONSES = "visualization/feature_maps/", "visualization/responses/"

QUERIES = {
    "ko": {
        # terms, as they stand and with the particles of a sentence
        "합성곱": CONVOLUTION,
        "합성곱은": CONVOLUTION,
        "합성곱을": CONVOLUTION,
        "패딩": PADDING,
        "패딩을": PADDING,
        "패딩에서": PADDING,
        "세임 패딩": PADDING,
        "제로 패딩": PADDING,
        "풀링이": POOLING,
        "최대 풀링은": POOLING,
        "평균 풀링": POOLING,
        "스트라이드가": STRIDE,
        "특성 맵": CONVOLUTION,
        "커널": DENSE,
        "밀집층": DENSE,
        "절편은": DENSE,
        "채널": CHANNELS,
        "깊이": CHANNELS,
        "수용 영역": NETWORK,
        "활성화 함수": NETWORK,
        "드롭아웃": MODEL,
        "소프트맥스": MODEL,
        "검증 세트": DATA,
        "조기 종료": TRAINING,
        "과대적합": TRAINING,
        "에포크": TRAINING,
        "혼동 행렬": EVALUATION,
        "함수형 API": FUNCTIONAL,
        "초기화": KERNELS,
        "활성화 출력": MAPS,
        "가려 보기": RESPONSES,
        # other words for the same
        "컨볼루션": CONVOLUTION,
        "컨벌루션": CONVOLUTION,
        "보폭": STRIDE,
        "편향": DENSE,
        "필터": DENSE,
        "완전 연결층": DENSE,
        "맥스 풀링": POOLING,
        "피처맵": CONVOLUTION,
        "과적합": TRAINING,
        # code
        "MaxPooling2D": POOLING,
        "Conv2D": CHANNELS,
        "model.fit": TRAINING,
        "pixel_use": PADDING,
        "EarlyStopping": TRAINING,
        # English on the Korean site
        "padding": PADDING,
        "stride": STRIDE,
        "receptive field": NETWORK,
        "confusion matrix": EVALUATION,
        "Grad-CAM": RESPONSES,
    },
    "en": {
        "convolution": CONVOLUTION,
        "cross-correlation": DENSE,
        "padding": PADDING,
        "same padding": PADDING,
        "strides": STRIDE,
        "max pooling": POOLING,
        "feature map": CONVOLUTION,
        "dense layer": DENSE,
        "fully connected": DENSE,
        "filter": DENSE,
        "bias": DENSE,
        "depth": CHANNELS,
        "CNN": NETWORK,
        "receptive field": NETWORK,
        "dropout": MODEL,
        "softmax": MODEL,
        "validation set": DATA,
        "overfitting": TRAINING,
        "early stopping": TRAINING,
        "confusion matrix": EVALUATION,
        "functional api": FUNCTIONAL,
        "initialization": KERNELS,
        "occlusion": RESPONSES,
        "MaxPooling2D": POOLING,
        "model.fit": TRAINING,
        "pixel_use": PADDING,
        # Korean on the English site
        "패딩": PADDING,
        "합성곱은": CONVOLUTION,
        "보폭": STRIDE,
        "컨볼루션": CONVOLUTION,
    },
}
# A second worker is set up as the page sets up its own, which answers the search field meanwhile.
# Material's messages: 0 brings the index, 1 says that it is ready, 2 asks, 3 answers.
COPY_WORKER = """
    window.Worker = class extends Worker {
      postMessage(message) {
        if (message.type === 0) window.setUp = message;
        super.postMessage(message);
      }
    };
"""
READY = """async () => {
    document.querySelector("[data-md-component=search-query]").focus();
    while (!window.setUp) await new Promise((done) => setTimeout(done, 20));
    const { search } = JSON.parse(document.getElementById("__config").textContent);
    window.searching = new Worker(search);
    searching.postMessage(setUp);
    await new Promise((done) => searching.addEventListener("message", done, { once: true }));
}"""
ASK = """(query) => new Promise((done) => {
    const answer = ({ data }) => done(data.data.items.map(([best]) => best.location));
    searching.addEventListener("message", answer, { once: true });
    searching.postMessage({ type: 2, data: query });
})"""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_search_finds_the_right_page_first(open_page, site_address, language):
    page = open_page("about:blank")
    page.add_init_script(COPY_WORKER)
    page.goto(site_address + ("en/" if language == "en" else ""))
    page.evaluate(READY)
    wrong = []
    for query, expected in QUERIES[language].items():
        found = page.evaluate(ASK, query)
        if [location.partition("#")[0] for location in found[:1]] != [expected]:
            wrong.append(f"{query}: {found[:4]}, not {expected}")
    no(wrong)


@pytest.mark.parametrize("width", [360, 1280])
def test_search_answers_what_a_reader_types(open_page, site_address, width):
    page = open_page(f"{site_address}components/stride/", viewport={"width": width, "height": 800})
    if width == 360:
        page.locator("label.md-header__button[for=__search]").click()
    field = page.get_by_role("textbox", name="검색")
    field.click()
    page.keyboard.insert_text("패딩은")
    field.press("Shift")
    result = page.locator(".md-search-result__link").first
    result.click()
    page.wait_for_url(f"{site_address}{PADDING}*")
    page.locator("mark").first.wait_for()


def test_index_of_the_search_waits_for_the_reader(open_page, site_address):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_address, wait_until="networkidle")
    assert f"{site_address}search/search_index.json" not in asked
    page.keyboard.press("/")
    page.wait_for_function(
        "performance.getEntriesByName(location.href + 'search/search_index.json').length"
    )
