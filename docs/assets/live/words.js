// Every word the live network shows, in both languages.

const KO = {
  about: "이 사이트가 훈련한 신경망을 여러분의 브라우저가 직접 계산합니다. 누르기 전에는 아무것도 내려받지 않습니다.",
  load: (size) => `신경망 불러오기${size}`,
  loading: "신경망을 불러오는 중입니다.",
  loaded: "신경망을 불러왔습니다.",
  failed: (why) => `신경망을 불러오지 못했습니다(${why}). 인터넷 연결을 확인하고 다시 눌러 주세요.`,
  widget: "실행되는 신경망",

  pictures: "테스트 이미지",
  picture: (name, index) => `${name}, 테스트 이미지 ${index}번`,
  input: "입력",
  inputHelp: {
    draw: "누르고 끌어서 그립니다. 키보드: 화살표로 펜을 옮기고 스페이스로 칠합니다.",
    erase: "누르고 끌어서 지웁니다. 키보드: 화살표로 지우개를 옮기고 스페이스로 지웁니다.",
    cover: "회색 사각형을 끌어서 옮깁니다. 키보드: 화살표로 옮깁니다. 점선은 가리지 않았을 때의 확률입니다.",
  },
  pad: "28 × 28 입력 이미지",
  tools: "도구",
  draw: "그리기",
  erase: "지우기",
  cover: "가리기",
  thickness: "굵기",
  shade: "진하기",
  size: "크기",
  blank: "빈 종이",
  restore: "처음 이미지로",
  pen: (y, x, value) => `행 ${y}, 열 ${x}, 값 ${value}`,
  square: (y, x, size) => `행 ${y}–${y + size - 1}, 열 ${x}–${x + size - 1}을 가렸습니다.`,

  probabilities: "클래스별 확률",
  truth: "정답",
  drawn: "직접 그렸거나 고친 이미지",
  prediction: (name, percent) => `예측: ${name} ${percent}`,
  covered: (name, before, after) => `${name}: ${before} → ${after}`,

  maps: "특성 맵",
  layer: (number, count, height, width) =>
    `${["첫", "두"][number]} 번째 합성곱 층: 특성 맵 ${count}개 (${height} × ${width})`,
  scale: "색 척도",
  shared: "층마다 하나",
  own: "맵마다 하나",
  most: "맵별 최댓값",
  map: (number) => `맵 ${number}`,
  peak: (value) => `최댓값 ${value}`,
  zero: "이 이미지에서 모두 0",
  silent: (images) => `테스트 이미지 ${images}장 모두에서 0`,
  quiet: (here, always, images) =>
    `빗금: 이 이미지에서 모든 값이 0인 맵 ${here}개` +
    (always ? ` (그중 ${always}개는 테스트 이미지 ${images}장 모두에서 0)` : ""),

  trace: (layer, map) => `${["첫", "두"][layer]} 번째 층의 맵 ${map}: 픽셀 하나를 손으로 다시 계산하기`,
  traceHelp: "픽셀을 누르거나 화살표로 고릅니다. 주황 테두리는 이 값이 본 입력 영역(수용 영역)입니다. 번호는 파이썬처럼 0부터 셉니다.",
  mapPixels: (layer, map) => `${["첫", "두"][layer]} 번째 층의 맵 ${map}, 픽셀 고르기`,
  pixel: (y, x) => `행 ${y}, 열 ${x}`,
  channelSums: (count) => `채널 ${count}개의 곱의 합 (막대를 눌러 채널을 고르세요)`,
  channel: (number, value) => `채널 ${number}: ${value}`,
  channelName: (number) => `채널 ${number}`,
  channelSource: (number) => `채널 ${number}: 첫 번째 층의 맵 ${number}번을 최대 풀링한 것`,
  patch: "입력 조각",
  kernel: "커널",
  products: "곱",
  outside: "빗금: 패딩(0)",
  sumOfProducts: "곱의 합",
  sumOfChannels: (count) => `채널 ${count}개의 합`,
  bias: "절편",
  total: "더한 값",
  relu: "ReLU를 지난 값",
  reading: (map, y, x, sum, bias, value) =>
    `맵 ${map}, 행 ${y}, 열 ${x}: 합 ${sum}, 절편 ${bias}, 출력 ${value}`,

  facts: (run, before, after, milliseconds) =>
    `훈련 ${run} · 테스트 정확도 ${after} (8비트로 반올림하기 전 ${before}) · 이번 계산 ${milliseconds} ms`,
};

const EN = {
  about: "Your own browser computes the network that this site trained. Nothing is downloaded before you ask for it.",
  load: (size) => `Load the network${size}`,
  loading: "Loading the network.",
  loaded: "The network is loaded.",
  failed: (why) => `The network could not be loaded (${why}). Check the connection and press again.`,
  widget: "Live network",

  pictures: "Test images",
  picture: (name, index) => `${name}, test image ${index}`,
  input: "Input",
  inputHelp: {
    draw: "Press and drag to draw. Keyboard: arrows move the pen, space paints.",
    erase: "Press and drag to erase. Keyboard: arrows move the eraser, space erases.",
    cover: "Drag the grey square. Keyboard: arrows move it. Dotted lines are the probabilities without it.",
  },
  pad: "28 × 28 input image",
  tools: "Tool",
  draw: "Draw",
  erase: "Erase",
  cover: "Cover",
  thickness: "Thickness",
  shade: "Darkness",
  size: "Size",
  blank: "Blank sheet",
  restore: "Restore image",
  pen: (y, x, value) => `row ${y}, column ${x}, value ${value}`,
  square: (y, x, size) => `Rows ${y}–${y + size - 1}, columns ${x}–${x + size - 1} are covered.`,

  probabilities: "Probability of each class",
  truth: "true class",
  drawn: "An image you drew or changed",
  prediction: (name, percent) => `Prediction: ${name} ${percent}`,
  covered: (name, before, after) => `${name}: ${before} → ${after}`,

  maps: "Feature maps",
  layer: (number, count, height, width) =>
    `${["First", "Second"][number]} convolutional layer: ${count} feature maps (${height} × ${width})`,
  scale: "Colour scale",
  shared: "one per layer",
  own: "one per map",
  most: "maximum of each map",
  map: (number) => `Map ${number}`,
  peak: (value) => `maximum ${value}`,
  zero: "0 everywhere on this image",
  silent: (images) => `0 on all ${images} test images`,
  quiet: (here, always, images) =>
    `Hatched: ${here} ${here === 1 ? "map is" : "maps are"} 0 everywhere on this image` +
    (always ? ` (${always} of them on all ${images} test images)` : ""),

  trace: (layer, map) => `${["First", "Second"][layer]} layer, map ${map}: one pixel worked out again by hand`,
  traceHelp: "Press a pixel, or choose one with the arrows. The orange outline is the part of the input that this value has seen (its receptive field). Numbers start at 0, as in Python.",
  mapPixels: (layer, map) => `${["First", "Second"][layer]} layer, map ${map}: choose a pixel`,
  pixel: (y, x) => `row ${y}, column ${x}`,
  channelSums: (count) => `Sum of products in each of ${count} channels (press a bar to choose its channel)`,
  channel: (number, value) => `Channel ${number}: ${value}`,
  channelName: (number) => `Channel ${number}`,
  channelSource: (number) => `Channel ${number}: map ${number} of the first layer after max pooling`,
  patch: "Patch of the input",
  kernel: "Kernel",
  products: "Products",
  outside: "hatched: padding (0)",
  sumOfProducts: "sum of products",
  sumOfChannels: (count) => `sum of ${count} channels`,
  bias: "bias",
  total: "added up",
  relu: "after ReLU",
  reading: (map, y, x, sum, bias, value) =>
    `Map ${map}, row ${y}, column ${x}: sum ${sum}, bias ${bias}, output ${value}`,

  facts: (run, before, after, milliseconds) =>
    `Run ${run} · test accuracy ${after} (${before} before rounding to 8 bits) · computed in ${milliseconds} ms`,
};

export const language = () => (document.documentElement.lang.startsWith("en") ? "en" : "ko");
export const words = () => (language() === "en" ? EN : KO);

// − and not -: the sign a number has in print.
export const number = (value) => {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
};
export const percent = (share) => `${(100 * share).toFixed(1)}%`;
