// Everything that the page says, English and Korean side by side. A text that is missing in one of
// them stops the page from loading at all, and one that does not exist shows as its key.

import { PLACE_TEXTS } from './place-text.js';

export const LANGUAGES = ['en', 'ko'];

const figure = new Intl.NumberFormat('en');

const TEXTS = {
  ...PLACE_TEXTS,

  skip: ['Skip to the content', '본문으로 건너뛰기'],
  language: ['Language', '언어'],
  pageOf: [(name) => `${name} · Firstcome`, (name) => `${name} · Firstcome`],
  loading: ['Loading…', '불러오는 중입니다…'],
  updated: [(ago) => `Last updated: ${ago}`, (ago) => `마지막 갱신: ${ago}`],
  notKept: [
    'This browser keeps nothing for this page. Leave it open, or your place cannot be shown again.',
    '이 브라우저에는 정보를 저장할 수 없습니다. 순번을 계속 확인하시려면 이 화면을 닫지 말아 주세요.',
  ],

  offline: ['The server cannot be reached.', '서버에 연결할 수 없습니다.'],
  trouble: ['The server has trouble at the moment.', '서버에 일시적인 문제가 있습니다.'],
  busy: ['Very many people are here at the moment.', '지금 접속하신 분이 매우 많습니다.'],
  troubleNext: [
    'It is tried again by itself. What is shown stays as it was.',
    '자동으로 다시 시도합니다. 화면에는 마지막으로 확인된 내용이 표시됩니다.',
  ],
  troubleFirst: [
    'It is tried again by itself; this page fills as soon as there is an answer.',
    '자동으로 다시 시도하며, 연결되는 대로 내용이 표시됩니다.',
  ],

  list: ['Campaigns', '이벤트'],
  listOpen: ['Open now', '진행 중인 이벤트'],
  listSoon: ['Opening soon', '곧 시작하는 이벤트'],
  listNoneOpen: [
    'Nothing is open at this moment. What comes next is below.',
    '지금 진행 중인 이벤트는 없습니다. 예정된 이벤트를 아래에서 확인해 주세요.',
  ],
  listEmpty: ['Nothing is open right now', '지금 진행 중인 이벤트가 없습니다'],
  listEmptyNext: [
    'A new campaign appears here by itself. You can leave this page open.',
    '새로운 이벤트는 이 화면에 자동으로 나타납니다. 화면을 열어 두셔도 됩니다.',
  ],
  listMore: [(n) => `Show ${figure.format(n)} more`, (n) => `${figure.format(n)}개 더 보기`],
  listMine: ['You have sent a request', '참여 신청함'],

  allCampaigns: ['All campaigns', '전체 이벤트'],
  stateSCHEDULED: ['Not open yet', '시작 전'],
  stateOPEN: ['Open', '진행 중'],
  stateSOLD_OUT: ['Sold out', '수량 소진'],
  stateSOLD_OUT_REFUSED: ['Sold out', '수량 소진'],
  statePAUSED: ['Paused', '일시 중지'],
  stateCLOSED: ['Closed', '종료'],
  left: [
    (n, total) => `${figure.format(n)} of ${figure.format(total)} left`,
    (n, total) => `총 ${figure.format(total)}개 중 ${figure.format(n)}개 남음`,
  ],
  opens: ['Opens', '시작'],
  closes: ['Closes', '종료'],
  closed: ['Closed', '종료'],
  closesOpen: ['No closing time is set', '정해진 종료 시각이 없습니다'],
  opensIn: [(span) => `Opens in ${span}`, (span) => `${span} 후 시작`],
  closesIn: [(span) => `Closes in ${span}`, (span) => `${span} 후 종료`],

  missing: ['This campaign is not here', '이벤트를 찾을 수 없습니다'],
  missingNext: [
    'It may have been removed, or the address may be mistyped. If it is still to come, it appears here by itself.',
    '삭제되었거나 주소가 잘못되었을 수 있습니다. 아직 준비 중인 이벤트라면 등록되는 대로 이 화면에 나타납니다.',
  ],

  countdown: ['Until it opens', '시작까지 남은 시간'],
  days: [(n) => (n === 1 ? 'day' : 'days'), () => '일'],
  hours: [(n) => (n === 1 ? 'hour' : 'hours'), () => '시간'],
  minutes: [(n) => (n === 1 ? 'minute' : 'minutes'), () => '분'],
  seconds: [(n) => (n === 1 ? 'second' : 'seconds'), () => '초'],
  countdownNext: [
    'The button below can be pressed as soon as the time is over. You need not reload.',
    '시간이 되면 아래 버튼을 바로 누르실 수 있습니다. 새로고침하지 않으셔도 됩니다.',
  ],
  clockServer: ['Counted by the clock of the server.', '서버 시각을 기준으로 합니다.'],
  clockOwn: [
    'Counted by the clock of this device until the server tells its time.',
    '서버 시각을 확인하는 중이며, 그동안 이 기기의 시각을 기준으로 합니다.',
  ],
  openNow: ['It is open. You can take part now.', '시작되었습니다. 지금 참여하실 수 있습니다.'],

  paused: ['The campaign is paused', '이벤트가 일시 중지되었습니다'],
  pausedNext: [
    'No requests are taken for now. Places that were given stay. The button works again by itself as soon as it goes on.',
    '지금은 참여를 받지 않습니다. 이미 받으신 순번은 그대로 유지됩니다. 다시 시작되면 버튼이 자동으로 활성화됩니다.',
  ],
  closedTitle: ['The campaign is over', '이벤트가 종료되었습니다'],
  closedNext: [
    'No requests are taken any more. If you took part on another device, your result is there.',
    '더 이상 참여를 받지 않습니다. 다른 기기에서 참여하셨다면 그 기기에서 결과를 확인하실 수 있습니다.',
  ],
  soldOut: ['Everything has been given away', '준비된 수량이 모두 소진되었습니다'],
  soldOutNext: [
    'You can still send a request. It is recorded, but it gets nothing unless stock is added before its turn.',
    '지금도 참여하실 수 있고 참여 기록은 남습니다. 다만 처리되기 전에 수량이 추가되지 않으면 받으실 수 없습니다.',
  ],
  soldOutRefusedNext: [
    'No requests are taken any more. If stock is added, the button works again by itself.',
    '더 이상 참여를 받지 않습니다. 수량이 추가되면 버튼이 자동으로 활성화됩니다.',
  ],

  form: ['Take part', '참여 신청'],
  idLabel: ['Your member id or phone number', '회원 아이디 또는 전화번호'],
  idHint: [
    'At most 64 characters. It is kept on this device, so that you find your place again.',
    '64자까지 입력하실 수 있습니다. 순번을 다시 확인하실 수 있도록 이 기기에 저장됩니다.',
  ],
  idEmpty: ['Enter your id first.', '아이디 또는 전화번호를 입력해 주세요.'],
  idLong: ['That is more than 64 characters.', '64자를 넘었습니다. 64자 이내로 입력해 주세요.'],
  idControl: [
    'It has a character that cannot be used. Type it again instead of pasting it.',
    '사용할 수 없는 문자가 있습니다. 붙여 넣지 말고 직접 입력해 주세요.',
  ],
  idRefused: ['The server does not accept this id.', '사용할 수 없는 아이디입니다.'],
  takePart: ['Take part', '참여하기'],
  takePartAnyway: ['Take part anyway', '그래도 참여하기'],
  once: [
    'Pressing several times does no harm: a request counts once.',
    '여러 번 누르셔도 한 번만 접수됩니다.',
  ],
};

for (const [key, both] of Object.entries(TEXTS)) {
  const isWhole = both.length === LANGUAGES.length && both.every(Boolean)
    && typeof both[0] === typeof both[1];
  if (!isWhole) {
    throw new Error(`The text ${key} is not there in both languages.`);
  }
}

/** @returns say(key, ...values), which gives a text of this language */
export function words(language) {
  const column = LANGUAGES.indexOf(language);
  return (key, ...values) => {
    const text = Object.hasOwn(TEXTS, key) ? TEXTS[key][column] : undefined;
    if (text === undefined) {
      console.error(`There is no text ${key}.`);
      return `⟦${key}⟧`;
    }
    return typeof text === 'function' ? text(...values) : text;
  };
}

/** The first language of the browser that there is; English if none is. */
export function preferred(remembered, ofBrowser) {
  const wanted = [remembered, ...ofBrowser].map((tag) => String(tag ?? '').split('-')[0]);
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}
