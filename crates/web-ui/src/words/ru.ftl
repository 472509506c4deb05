# Слова интерфейса по-русски. Идентификаторы и аргументы те же, что в en.ftl.

## Везде
close = Закрыть
cancel = Отмена
save = Сохранить
back = Назад
remove = Удалить
more = Ещё настройки
show = Показать
go-on = Продолжить
try-again = Повторить
discard = Удалить
download = Скачать
resume = Продолжить
pause = Пауза
paused = пауза
copied = Скопировано
you = Вы
owner = Владелец
registrar = Регистратор
ended = Доступ закрыт
language = Язык
loading = Загружаем…
today = Сегодня
yesterday = Вчера
names-joined = { $head } и { $last }
size-bytes = { $size } Б
size-kilobytes = { $size } КБ
size-megabytes = { $size } МБ
size-gigabytes = { $size } ГБ
days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
members = { $count ->
    [one] { $count } участник
    [few] { $count } участника
   *[other] { $count } участников
}
announcement-members = { $count ->
    [one] Объявления · { $count } участник
    [few] Объявления · { $count } участника
   *[other] Объявления · { $count } участников
}

## У входа
starting = Открываем…
starting-first = Valise загружается на это устройство. Он загружается целиком и один раз, на медленной линии это займёт немного времени. Потом он будет открываться сразу, даже без связи.
landing-title = Добро пожаловать
landing-text = Valise — защищённый мессенджер вашей организации. Чтобы начать, нужно приглашение.
landing-invited = Коллега прислал ссылку? Откройте её в этом браузере.
landing-qr = У вас есть QR-код? Наведите на него камеру телефона.
landing-operator = Настраиваете Valise? Откройте ссылку, которую сервер напечатал при запуске.
unsupported-title = Этот браузер не может хранить сообщения
unsupported-text = Valise хранит ваши сообщения запечатанными на этом устройстве. В этом окне браузера для них нет постоянного места.
unsupported-private = Если это приватное окно, откройте ссылку в обычном.
unsupported-old = Если браузер старый, обновите его.
broken-title = Что-то пошло не так
broken-text = Не удалось открыть ваши сообщения. Ничего не потеряно. Закройте другие окна Valise и попробуйте снова.
set-up-title = Создайте организацию
set-up-text = Вы станете её первым регистратором и пригласите остальных. Ключ организации создаётся на этом устройстве и никогда его не покидает.
set-up-incomplete = Укажите название организации, ваше имя и адрес.
set-up-go = Создать организацию
set-up-busy = Создаём…
organisation-name = Название организации
your-name = Ваше имя
your-address = Ваш адрес
your-address-hint = По нему вас найдут коллеги. Оставьте пустым, чтобы взять предложенный.
passkey-hint = Устройство попросит отпечаток, лицо или PIN-код. Пароль запоминать не нужно.
joining-look = Открываем приглашение…
joining-title = Вход
joining-text = Это займёт мгновение.
join-title = { $inviter } приглашает вас в { $organisation }
join-title-unknown = Вас пригласили
join-as = Вы входите как
join-go = Войти
join-busy = Входим…
join-sealed = Всё, что вы пишете, запечатывается на вашем устройстве. Прочесть это могут только участники чата, но не сервер.
join-name-missing = Укажите ваше имя.
join-bad-title = Это приглашение не работает
join-bad-text = Попросите у того, кто вас пригласил, новую ссылку.
open-look = Смотрим, что по ссылке…
open-title = Открыть здесь: { $name }
open-go = Открыть здесь
open-busy = Открываем…
open-once = Ссылка работает один раз. Дальше всё живёт в этом браузере, в запечатанном виде; сервер прочесть не может.
open-used-title = Ссылка уже использована
open-bad-title = Ссылка не работает
open-offline-title = Нет связи
moved-title = Это устройство переехало
device-have = Я пользуюсь Valise на другом устройстве
device-passkey = Valise
link-title = Подключить это устройство
link-step-open = Откройте Valise на устройстве, которым уже пользуетесь.
link-step-devices = Там: «Настройки», «Устройства», «Подключить устройство».
link-step-code = Введите там этот код:
link-label = Ссылка этого устройства
link-or = Или наведите на этот код камеру другого устройства.
link-waiting = Ждём другое устройство…
link-compare-here = На другом устройстве показаны шесть цифр. Они такие же?
link-compare-hint = Если да, подтвердите это на другом устройстве. Если нет, нажмите там «Не совпадают».
unlock-title = Закрыто
unlock-text = Ваши сообщения запечатаны на этом устройстве.
unlock-link = В этом браузере уже есть чья-то переписка. Чтобы открыть ссылку, возьмите другой браузер или другой профиль.
unlock-go = Открыть
unlock-busy = Открываем…
unlock-cancelled = Подтверждения не было. Ничего не изменилось, попробуйте снова.
unlock-no-passkeys = В этом браузере нет ключей доступа. Используйте браузер, в котором вы вошли.
unlock-wrong = Это не тот ключ доступа. Попробуйте тот, с которым вы вошли.
unlock-failed = Устройство не ответило. Ничего не изменилось, попробуйте снова.
unlock-lost = У меня больше нет этого ключа доступа
unlock-lost-text = Без него никто не откроет сообщения на этом устройстве. Их можно стереть и войти по новому приглашению.
first-title = Пригласите первого коллегу
first-text = Организация создана. Полезной её сделает второй человек.
first-done = Перейти к чатам
first-later = Позже
colleague-name = Имя коллеги
invite-name-hint = Его увидят все. Оставьте пустым, чтобы человек выбрал сам.
handed-text = Действует один раз, 7 дней или сколько вы выбрали. Войти сможет любой, у кого она есть: отправьте её только нужному человеку.
invite-link = Ссылка-приглашение
copy-link = Скопировать ссылку
qr-label = Ссылка в виде QR-кода

## Неполадки
trouble-offline = Нет связи с сервером. Ничего не изменилось; попробуйте, когда связь появится.
trouble-bad-link = Ссылка неполная. Скопируйте её целиком и попробуйте снова.
trouble-link-gone = Ссылка уже использована, просрочена или отозвана.
trouble-group-link-over = По этой ссылке уже не войти: срок вышел, или её выключили. Попросите новую у того, кто её дал.
trouble-other-organisation = Это ссылка другой организации, не вашей.
trouble-link-used = Всё открывается в том браузере, где ссылку открыли первый раз. Продолжайте там.
trouble-bad-archive = По этой ссылке пришло не всё. Ничего не перенесено; попросите новую ссылку.
trouble-newer-version = Это сделано более новой версией Valise. Обновите страницу или программу.
trouble-moved = Оно живёт там, где открыли его ссылку. Здесь больше нельзя ни писать, ни читать.
trouble-no-device-waits = Под этим кодом не ждёт ни одно устройство. Посмотрите на код на новом устройстве ещё раз: он меняется каждые несколько минут.
trouble-past-coming = Прежние сообщения ещё передаются на это устройство. Подождите, пока они придут.
trouble-two-registrars = Это делают два регистратора, один за другим, и никто не для себя.
trouble-too-many-devices = Больше устройств у одного человека быть не может. Сначала удалите одно.
trouble-files-under-way = С этого устройства ещё отправляются файлы. Подождите, пока они дойдут.
trouble-link-mismatch = Сервер показывает не то, что обещает ссылка. Не продолжайте и сообщите тому, кто её прислал.
trouble-already-founded = Эта организация уже создана. Попросите приглашение у её регистратора.
trouble-already-joined = Это устройство уже кому-то принадлежит.
trouble-bad-name = Такое имя не подходит. Используйте буквы, не больше 80 знаков.
trouble-bad-address = Такой адрес не подходит. Используйте строчные латинские буквы, цифры и точки.
trouble-address-taken = Этот адрес уже занят. Выберите другой.
trouble-not-allowed = У вас нет на это права.
trouble-not-found = Этого больше нет.
trouble-bad-text = Сообщение слишком длинное. Отправьте его частями или файлом.
trouble-file-too-large = Файл больше, чем принимает сервер.
trouble-storage-full = Место закончилось. Ничего не потеряно; освободите место и попробуйте снова.
trouble-last-owner = Вы последний владелец. Сначала назначьте другого.
trouble-no-device = Этот человек ещё не вошёл. Попробуйте позже.
trouble-imported-chat = Этот чат перенесён из другого мессенджера. Его можно читать и искать в нём; отвечать в нём некому.
trouble-no-export = Это не экспорт WhatsApp и не экспорт Telegram. Выберите файл .zip из WhatsApp или result.json из Telegram Desktop.
trouble-export-damaged = Архив повреждён или скопирован не целиком. Скопируйте его ещё раз оттуда, где он сделан.
trouble-export-locked = Архив закрыт паролем. Сначала распакуйте его.
trouble-export-unknown = Архив упакован необычно. Распакуйте его и выберите папку.
trouble-export-bomb = Архив распаковался бы в гораздо большее, чем бывает в экспорте. Он не распакован.
trouble-export-bad-path = В архиве названы места вне его самого. Он не распакован.
trouble-export-gone = Экспорт больше не читается. Что уже здесь, остаётся; выберите его снова, чтобы продолжить.
trouble-export-under-way = Чаты уже переносятся. Подождите, пока это закончится, или остановите.
trouble-server-misbehaved = Сервер ответил неверно. Ничего не изменилось; сообщите администратору сервера.
trouble-internal = Сбой на этом устройстве. Написанное сохранено; попробуйте снова.
trouble-too-many-holders = В службе может быть не больше 200 человек.
trouble-too-many-addressees = Вместе можно запросить не больше 50 адресатов.
trouble-overtaken = Это тем временем изменил кто-то другой. Посмотрите ещё раз, прежде чем менять.
trouble-own-link = Эту ссылку сделала ваша же организация. Отправьте её регистратору другой.
trouble-domain-taken = Такой же домен уже есть у другой известной вам организации. Их было бы не различить.
trouble-partner-away = Сервер другой организации сейчас недоступен. Попробуйте позже.
trouble-partner-disagrees = Другая организация ещё не согласилась или прекратила партнёрство. Ваш регистратор может спросить у них.
trouble-residency-unsaid = Другая организация не сообщает, по праву какой страны она действует, а ваша работает лишь с некоторыми странами. Исключение может сделать ваш регистратор.
trouble-residency-outside = Ваша организация не работает с этой: так решили её регистраторы.
trouble-requests-not-accepted = Другая организация не принимает запросы.
trouble-rooms-not-accepted = Сотрудники другой организации ни с кем снаружи не переписываются.
trouble-bad-jurisdictions = Назовите от одной до восьми стран двумя заглавными латинскими буквами, например DE.
trouble-bad-deadline = Этот срок уже прошёл или слишком далёк.
trouble-needs-release = В вашей организации запрос уходит только с разрешения, а новую редакцию разрешить нельзя. Отзовите запрос и спросите заново.
trouble-calendar-ends = Календарь вашей организации не доходит до этого дня. Выберите дату или попросите регистратора продлить календарь.
trouble-bad-calendar = В этом календаре что-то не сходится. Проверьте дни и числа.
trouble-out-of-place = Сейчас с этим запросом так поступить нельзя: кто-то успел раньше. Проверьте его состояние.
trouble-nobody-there = В этом отделе сейчас никого нет. Выберите другой.
trouble-nothing-to-sign-with = Устройство ещё не готово подписывать. Оно будет готово через минуту на связи: повторите тогда.
trouble-file-away = Одного из файлов нет на этом устройстве, и получить его сейчас нельзя. Повторите, когда будет связь.

## Оболочка
skip-to-chat = Перейти к переписке
sections = Разделы
lists = Списки
chats = Чаты
people = Люди
settings = Настройки
nothing-open = Выберите чат
nothing-open-sealed = Запечатано: прочесть чат могут только его участники
line-offline = Нет связи. Можно писать дальше.
line-offline-waiting = { $count ->
    [one] Нет связи. { $count } сообщение ждёт и уйдёт само.
    [few] Нет связи. { $count } сообщения ждут и уйдут сами.
   *[other] Нет связи. { $count } сообщений ждут и уйдут сами.
}
line-connecting = Соединяемся…
line-catching-up = Получаем новые сообщения…
alarm-open = Открыть чат
alarm-noted = Понятно
alarm-more = { $count ->
    [one] И ещё { $count }.
   *[other] И ещё { $count }.
}
alarm-rolled-back = Сервер потерял часть данных
alarm-rolled-back-advice = На вашем устройстве ничего не потеряно. Сообщите администратору сервера.
alarm-forked = Сервер показывает разным людям разные сообщения
alarm-missing = Сервер удерживает сообщения
alarm-misbehaved = Сервер сделал то, чего исправный сервер не делает
alarm-server-advice = Всё, что вы видите, подлинное, но, возможно, это не всё. Сообщите администратору сервера и службе безопасности.
alarm-member = Кто-то попытался сделать то, на что не имеет права
alarm-member-advice = Ваше устройство это отклонило. Ничего не изменилось.
alarm-closed = Чат закрыт
alarm-closed-advice = Копия на сервере не продолжает вашу. Спросите остальных другим способом, затем откройте чат, чтобы продолжить.
alarm-change = Сервер отклоняет изменение в чате
alarm-change-advice = Написанное вами сохранено здесь. Отправьте его позже ещё раз и сообщите администратору сервера.
alarm-directory = Кому-то показали не тот список людей, что вам
alarm-directory-advice = Сервер скрывает новости от кого-то из вас: возможно, об уходе сотрудника. Сообщите администратору сервера и службе безопасности.
alarm-device = К вашей учётной записи подключено новое устройство
alarm-device-advice = Если это сделали не вы, сразу удалите его в разделе «Настройки», «Устройства» и сообщите службе безопасности.
alarm-set-back = Это устройство вернулось к прежнему состоянию, или существует его копия
alarm-set-back-advice = В чаты, где это обнаружилось, оно вошло заново. Того, что вы за это время отправили с него, здесь может не хватать. Если вы не восстанавливали резервную копию и не копировали папку, удалите это устройство в разделе «Настройки», «Устройства», подключите его заново и сообщите службе безопасности.
alarm-not-persistent = Браузер может удалить сообщения, если закончится место
alarm-not-persistent-advice = Установите Valise как приложение или добавьте страницу в закладки.
alarm-full = На устройстве нет места
alarm-full-advice = Новые сообщения не придут, пока вы не освободите место. Ничего не потеряно.
keys-title = Клавиатура
keys-go = Перейти к человеку или чату
keys-new = Новый чат
keys-request = Новый запрос другой организации
keys-find = Поиск по чатам
keys-previous = Предыдущий чат
keys-next = Следующий чат
keys-send = Отправить
keys-newline = Новая строка
keys-menu = Действия с сообщением
keys-edit = Изменить своё последнее сообщение, пока ничего не написано
keys-rows = Ходить по спискам и сообщениям
keys-back = Назад
keys-help = Эта подсказка

## Чаты
new-chat = Новый чат
saved-messages = Избранное
saved-hint = Тексты и файлы для себя, на всех ваших устройствах
saved-under = Видите только вы, на всех своих устройствах
search-chats = Поиск
filter = Отбор
filter-all = Все
filter-unread = Новые
filter-groups = Группы
labels = Метки
labels-choose = Метки…
labels-none = Меток пока нет. Метки видите только вы, на всех своих устройствах.
label-new = Новая метка
label-edit = Изменить метку
label-name = Название метки
label-colour = Цвет
label-make = Создать и поставить
label-remove = Удалить метку
label-change = Изменить метку «{ $name }»
label-name-missing = Дайте метке название.
label-name-taken = Такое название уже есть, слишком длинное или содержит обманчивые знаки.
label-grey = Серый
label-red = Красный
label-orange = Оранжевый
label-green = Зелёный
label-blue = Синий
label-violet = Фиолетовый
organisations = Организации
organisations-open = Ваши организации
organisations-hint = Добавьте другую организацию, в которой вы состоите, и переходите в неё отсюда
organisations-switch = Перейти в другую организацию
organisations-about = Каждая открывается по своему адресу, в отдельном окне, со своими чатами и уведомлениями. Этот список видите только вы, на всех своих устройствах в этой организации. Другие организации о нём не узнают.
elsewhere-here = Открыта здесь
elsewhere-window = (откроется в новом окне)
elsewhere-new = Добавить организацию
elsewhere-edit = Изменить организацию
elsewhere-address = Адрес
elsewhere-address-hint = Например, chat.example.org. Подойдёт и приглашение: из него будет взят только адрес. Само приглашение откройте там, где вы его получили.
elsewhere-leads = Ведёт на { $address }
elsewhere-name = Как вы её называете
elsewhere-add = Добавить
elsewhere-remove = Убрать из списка
elsewhere-change = Изменить «{ $name }»
elsewhere-bad-address = Это не адрес сервера. Он начинается с https:// и не содержит знака @.
elsewhere-same = Эта организация уже открыта здесь.
elsewhere-full = В списке уже двадцать организаций. Сначала уберите одну из них.
chats-empty = Чатов пока нет
nothing-found = Ничего не найдено
draft = Черновик:
muted = Без звука
pinned = Закреплён
chat-actions = Действия с чатом
mark-read = Отметить прочитанным
unpin = Не держать наверху
unmute = Включить звук
archive = В архив
unarchive = Вернуть из архива
archive-done = Чат в архиве.
unarchive-done = Чат снова в списке.
archived = Архив
archived-chat = В архиве
archived-count = { $count ->
    [one] { $count } чат
    [few] { $count } чата
   *[other] { $count } чатов
}
preview-sender = { $name }:
unread-count = { $count ->
    [one] { $count } непрочитанное сообщение
    [few] { $count } непрочитанных сообщения
   *[other] { $count } непрочитанных сообщений
}

## Переписка
conversation = Переписка
messages = Сообщения
show-details = Сведения
day-go-to = Перейти к дню
day = День
day-missing = Выберите день.
day-show = Показать
sealed = Запечатано
sealed-tip = Прочесть этот чат могут только его участники. Сервер не может.
talk-empty = Здесь пока пусто. Всё, что вы пишете, запечатывается на вашем устройстве.
write = Сообщение
send = Отправить
attach = Прикрепить
drop-files = Отпустите, чтобы прикрепить
to-newest = К последнему сообщению
to-newest-count = { $count ->
    [one] К последнему сообщению, { $count } новое
   *[other] К последнему сообщению, { $count } новых
}
new-messages = Новые сообщения
gap = Здесь чего-то не хватает. Сервер это ещё не доставил.
message-label = { $name }, { $time }
announce = { $name }: { $text }
unsupported-message = Для этого сообщения нужна новая версия Valise.
forwarded = Переслано
forwarded-from = Переслано, автор { $name }
forward = Переслать
forward-title = { $count ->
    [1] Переслать сообщение
    [one] Переслать { $count } сообщение
    [few] Переслать { $count } сообщения
   *[other] Переслать { $count } сообщений
}
forward-search = Чаты и люди
forward-to = Кому переслать
forwarded-to = Переслано: { $name }
forwarded-to-several = { $count ->
    [one] Переслано в { $count } чат
    [few] Переслано в { $count } чата
   *[other] Переслано в { $count } чатов
}
select = Выбрать
selection = Выбранные сообщения
selected = { $count ->
    [one] Выбрано: { $count }
   *[other] Выбрано: { $count }
}
select-end = Отменить выбор
select-most = { $count ->
    [one] Не больше { $count } сообщения за раз.
   *[other] Не больше { $count } сообщений за раз.
}
message-select = Выбрать сообщение: { $name }, { $time }
mention-count = { $count ->
    [one] { $count } упоминание вас
    [few] { $count } упоминания вас
   *[other] { $count } упоминаний вас
}
mention-list = Упомянуть
mention-offered = { $count ->
    [one] Можно упомянуть: { $count }
   *[other] Можно упомянуть: { $count }
}
message-pin = Закрепить для всех
message-unpin = Открепить для всех
pinned-messages = Закреплённые сообщения
pinned-message = Закреплённое сообщение
pinned-of = Закреплённое сообщение { $number } из { $count }
deleted-message = Это сообщение удалено.
message-actions = Действия с сообщением
message-more = Ещё
show-message = Показать это сообщение
react = Реакция
react-other = Другая реакция
search-emoji = Поиск эмодзи
emoji-recent = Недавние
emoji-all = Все
signs = Реакции
reply = Ответить
answer-to = Ответ: { $name }
answer-cancel = Отменить ответ
quote-label = В ответ: { $name }: { $text }
quote-gone = Этого сообщения нет на устройстве.
copy-text = Скопировать текст
edit = Изменить
edit-title = Изменение сообщения
edit-cancel = Отменить изменение
edited = изменено
edited-show = изменено, показать версии
versions = Версии
version-now = Сейчас
version-empty = Без текста
delete-for-all = Удалить у всех
delete-title = Удалить у всех?
delete-text = Сообщение исчезнет с устройств всех участников, на его месте останется пометка. Кто-то мог уже прочесть или скопировать его. Отменить это нельзя.
delete-several = { $count ->
    [one] Удалить у всех { $count } сообщение?
    [few] Удалить у всех { $count } сообщения?
   *[other] Удалить у всех { $count } сообщений?
}
delete-several-text = Сообщения исчезнут с устройств всех участников, на месте каждого останется пометка. Кто-то мог уже прочесть или скопировать их. Отменить это нельзя.
not-sent = Не отправлено.
typing = пишет…
typing-one = { $name } пишет…
typing-many = { $count ->
    [one] { $count } человек пишет…
    [few] { $count } человека пишут…
   *[other] { $count } человек пишут…
}
tick-failed = Не отправлено
tick-waiting = Ждёт отправки
tick-accepted = Отправлено
tick-delivered = Доставлено
tick-read = Прочитано
tick-delivered-to = Доставлено: { $count } из { $people }
tick-read-by = Прочитано: { $count } из { $people }
blocked-left = Вы больше не в этом чате. Читать его можно.
blocked-owners = Здесь пишут только владельцы.
blocked-frozen = Чат закрыт: копия на сервере не продолжает вашу. Прежде чем продолжить, спросите остальных другим способом.
blocked-reopen = Продолжить с копией сервера
blocked-person-left = Доступ собеседника закрыт. Читать можно.
blocked-in-doubt = Здесь ничего не пишут, пока не проверено, от кого запрос.
blocked-imported = Этот чат перенесён. Его можно читать и искать в нём; отвечать в нём некому.
imported = Перенесён
imported-tip = Этот чат взят из экспорта другого мессенджера. За имена в нём никто не ручается.
imported-from = Из { $messenger }, для чтения и поиска
blocked-removed = Это устройство удалено из вашей учётной записи. Читать можно.
blocked-revoked = Ваш доступ закрыт. Читать можно.
notice-created = { $by } создаёт чат
notice-added = { $by } добавляет: { $people }
notice-removed = { $by } удаляет: { $people }
notice-gone = { $count ->
    [one] Больше не в организации: { $people }
   *[other] Больше не в организации: { $people }
}
notice-came-by-link = { $person }: вход по ссылке группы
notice-link = { $by }: создана ссылка в эту группу
notice-link-off = { $by }: ссылка в эту группу выключена
notice-left = { $person } выходит из чата
notice-renamed = { $by } даёт чату название «{ $title }»
notice-picture = { $by } меняет картинку
notice-owners = { $by } меняет владельцев: { $owners }
notice-announcement = { $by } включает режим объявлений: пишут только владельцы
notice-open-again = { $by } открывает чат: снова пишут все
notice-came-back = Вас не было, и вы вернулись. Написанного за это время нет на этом устройстве.
notice-renewed = { $person }: все устройства потеряны, личность восстановлена; подтвердили { $registrars }
notice-new-device = { $person }: отсюда пишет и с нового устройства
notice-frozen = Чат закрыт: сервер нарушил его порядок

## Файлы
file-download = Скачать { $name }
file-open = Открыть { $name }
file-broken = Файл пришёл повреждённым. Попросите прислать его снова.
file-gone = На сервере этого файла больше нет.
file-not-exported = Этого нет в экспорте или на этом устройстве.
file-unnamed = Фото или файл
file-progress = Ход передачи
file-moved = { $done } из { $total }
file-not-here = Этого файла нет на устройстве.
send-title = { $count ->
    [one] Отправить { $count } файл
    [few] Отправить { $count } файла
   *[other] Отправить { $count } файлов
}
caption = Добавьте текст
preparing = Готовим…
picture-size = Размер снимков
picture-smaller = Поменьше
picture-smaller-hint = Чётко на любом экране и быстро отправляется
picture-original = Исходный
picture-original-hint = До последней точки: для документов и доказательств
picture-cleaned = Место, время и данные камеры убираются в обоих случаях.
picture-not-cleaned = Картинки такого вида уходят как есть, со всем, что в них записано.
picture-unreadable = { $name } не удалось прочесть как картинку. Ничего не отправлено.
zoom-in = Крупнее
zoom-out = Мельче
pdf-pages = Страницы
pdf-loading = Открываем…
pdf-broken = Этот PDF нельзя показать. Его можно сохранить.
pdf-count = { $count ->
    [one] { $count } страница
    [few] { $count } страницы
   *[other] { $count } страниц
}

## Голосовые сообщения
voice-record = Записать голосовое сообщение
voice-recording = Идёт запись голосового сообщения
voice-discard = Удалить запись
voice-send = Отправить голосовое сообщение
voice-denied = Valise нельзя пользоваться микрофоном. Разрешите это для этой страницы в настройках браузера и попробуйте ещё раз.
voice-no-microphone = Микрофона нет, или он занят другой программой.
voice-too-short = Слишком коротко. Нажмите один раз, чтобы начать запись, и ещё раз, чтобы отправить.
voice-play = Прослушать голосовое сообщение, { $length }
voice-pause = Пауза
voice-where = Место в голосовом сообщении
voice-place = { $place } из { $length }
voice-speed = Скорость: { $factor }×
voice-was-heard = прослушано
voice-not-heard = ещё не прослушано
voice-new = новое

## Исчезающие сообщения
timer = Сообщения исчезают
timer-hint = Время считается от отправки, на устройствах всех участников, прочитано сообщение или нет. Действует для того, что будет сказано с этого момента. Кто прочитал сообщение, может сохранить копию в другом месте.
timer-is = Сообщения исчезают { $after }
after-never = никогда
after-seconds = { $count ->
    [one] через { $count } секунду
    [few] через { $count } секунды
   *[many] через { $count } секунд
}
after-minutes = { $count ->
    [one] через { $count } минуту
    [few] через { $count } минуты
   *[many] через { $count } минут
}
after-hours = { $count ->
    [one] через { $count } час
    [few] через { $count } часа
   *[many] через { $count } часов
}
after-days = { $count ->
    [one] через { $count } день
    [few] через { $count } дня
   *[many] через { $count } дней
}
notice-timer = { $by }: дальше сообщения исчезают { $after }
notice-timer-off = { $by }: дальше сообщения не исчезают
disappeared-message = Исчезло, как задано в этом чате.
disappears-at = Исчезнет: { $time }

## Сведения о чате
details = Сведения
changing = Изменение выполняется
rename = Переименовать
picture = Картинка
mute = Без звука
pin = Держать наверху
group-link = Пригласить по ссылке
group-link-off = Выключено
group-link-on = Действует, пока не выключите
group-link-until = Действует до { $day }
group-link-over = Срок вышел
group-link-text = Каждый в вашей организации, кто откроет эту ссылку, сможет войти в группу. Видно будет то, что написано после входа.
group-link-removal = Если удалить кого-нибудь из группы, ссылка перестанет действовать.
group-link-valid = Сколько действует
group-link-forever = Пока не выключу
group-link-make = Создать ссылку
group-link-new = Создать новую ссылку
group-link-new-hint = Эта ссылка перестанет действовать.
group-link-end = Выключить
group-link-others = Ссылку создал другой владелец, и она у него. Вы можете создать новую, тогда та перестанет действовать.
group-link-went = Ссылка в эту группу больше не действует: её мог узнать { $name }. Можно создать новую.
share = Поделиться
enter-title = Войти в «{ $title }»?
enter-look = Смотрим, куда ведёт ссылка…
enter-by = Ссылка от: { $name }
enter-history = Вам будет видно то, что написано после входа. Участники увидят, что вы вошли по ссылке.
enter-in = Вы уже в этой группе.
enter-go = Войти
enter-busy = Входим…
enter-open = Открыть
enter-door-title = Ссылка в группу
enter-door-text = Эта ссылка ведёт в группу организации и действует только для её людей. Если вы из них, сначала войдите на этом устройстве.
enter-door-invited = Вы здесь впервые? Откройте приглашение, которое дала вам организация.
enter-door-again = Когда войдёте, откройте эту ссылку ещё раз.
announcement = Только объявления
announcement-hint = Пишут владельцы, читают все
safety-title = Число безопасности
safety-text = Сравните его с числом собеседника, если хотите убедиться. Одинаковые цифры значат, что между вами никого нет.
shared-files = Файлы
imported-text = Сообщения, фото и файлы опечатаны на этом устройстве. Имена взяты из экспорта; за них никто не ручается.
imported-forget = Удалить с этого устройства
imported-forget-title = Удалить «{ $title }»?
imported-forget-text = Сообщения, фото и файлы этого чата стираются с устройства. Если экспорт сохранился, чат можно перенести снова.
imported-forgotten = Чат удалён.
leave = Выйти из группы
leave-title = Выйти из «{ $title }»?
leave-text = Новые сообщения этой группы не придут. То, что у вас есть, останется на устройстве.
group-name = Название группы
group-name-missing = Дайте группе название.
add-people = Добавить людей
add-count = { $count ->
    [0] Добавить
   *[other] Добавить: { $count }
}
write-to = Написать
owner-make = Сделать владельцем
owner-end = Снять владельца

## Люди
search-people = Имя или адрес
new-group = Новая группа
group-make = { $count ->
    [0] Создать группу
   *[other] Создать группу: { $count }
}
person-verified = Имя и адрес подписаны вашей организацией
letter-to-me = Эта ссылка ведёт к вам.
letter-to-nobody = В вашей организации нет никого с адресом { $address }.
person-link-hint = Кто откроет эту ссылку в вашей организации, напишет этому человеку.
person-end = Закрыть доступ
person-end-sure = Закрыть доступ сейчас
person-end-text = { $name } сразу теряет доступ на всех устройствах и выходит из всех чатов. Отменить это нельзя.
person-ended = Доступ закрыт.
invitations = Приглашения
invite = Пригласить
invite-ready = Приглашение готово
invite-make = Создать ссылку
invite-office = Подразделение (необязательно)
invite-address = Адрес до знака @
invite-address-hint = Оставьте пустым, чтобы взять из имени.
invite-registrar = Регистратор
invite-registrar-hint = Может приглашать и удалять людей
invite-valid = Действует
invite-many = Ссылка для нескольких людей
invite-many-hint = До 50 человек; имя каждый выбирает сам
invite-anybody = Несколько людей
invite-until = Действует до { $day }
invite-used = Использовано
invite-expired = Просрочено
invite-revoked = Отозвано
invite-uses-of = использовано { $used } из { $count }
invite-taken-back = Приглашение отозвано.
take-back = Отозвать

## Другие организации
outside-word = из организации
outside-title = Другая организация: { $domain }
outside-banner = Люди из других организаций
outside-here = В этом чате { $organisation }: { $people }
outside-here-many = В этом чате { $organisation }: { $people } и ещё { $count }
write-outside = Также для: { $organisations }
person-verified-outside = Имя и адрес подписаны организацией этого человека
elsewhere-looking = Ищем этот адрес в организации { $organisation }…
elsewhere-nobody = В организации { $organisation } нет никого с таким адресом. Уточните его у этого человека.
partners = Организации-партнёры
partners-none = Пока нет. Люди из организаций-партнёров переписываются друг с другом так же, как вы здесь.
partner-waits = Ждёт вас
partner-unanswered = Связи с сервером ещё не было
partner-link-open = Ссылка, на которую не ответили
partner-offer = Создать ссылку для партнёра
partner-offer-text = По этой ссылке регистратор другой организации предложит работать вместе. Пока вы не согласитесь, ваших людей оттуда никто не найдёт.
partner-link = Ссылка для партнёра
partner-link-caution = Передайте её только регистратору другой организации. Когда он согласится, вас спросят здесь.
partner-own = Цифры вашей организации
partner-digits = Цифры организации { $name }
partner-compare = Позвоните регистратору другой организации по номеру, который вы уже знаете. Пусть каждый прочтёт цифры своей организации. Если не совпала хотя бы одна, не соглашайтесь.
partner-domain = Адреса оканчиваются на
partner-server = Сервер
partner-law = Действует по праву
partner-laws = Право: { $countries }
partner-barred = Исключена
laws-title = Право и с кем работать
laws-own = Действуем по праву стран
laws-own-hint = От одной до восьми стран, по две латинские буквы, например DE. Это видят партнёры.
laws-requests = Принимаем официальные запросы
laws-rooms = Наши сотрудники переписываются с сотрудниками партнёров
laws-allowed = Работать только с организациями, действующими по праву
laws-allowed-hint = По две латинские буквы. Пусто — со всеми партнёрами. Кто не сообщает, по какому праву действует, исключается; кто действует ещё и по другому — тоже. Касается новых запросов и чатов.
laws-as-ruled = По правилу
laws-always = Всегда
laws-never = Никогда
laws-said = Сохранено. Теперь это действует для всех в организации.
partner-meet = У меня есть ссылка
partner-meet-title = Ссылка другой организации
partner-paste = Ссылка
partner-paste-hint = Её создал регистратор другой организации.
partner-looking = Спрашиваем сервер другой организации…
partner-agree = Все цифры совпали: согласиться
partner-later = Не сейчас
partner-agreed = Вы согласились. Когда согласится и другой регистратор, вы станете партнёрами.
partner-waits-title = Работать вместе?
partner-title = Партнёр
partner-confirmed = { $name } теперь ваш партнёр.
partner-end = Прекратить партнёрство
partner-end-text = После этого в организацию { $name } ничего не уйдёт и оттуда ничего не придёт, в общих чатах тоже. Сказанное останется. Чтобы начать снова, понадобится новая ссылка.
partner-end-sure = Да, прекратить
partner-ended = Вы больше не работаете с организацией { $name }.
partner-news = { $name } предлагает работать вместе.
partner-look = Посмотреть
partner-page-title = Ссылка между двумя организациями
partner-page-text = Одна организация предлагает другой работать вместе. Здесь никто не вошёл, и на этой странице делать ничего не нужно.
partner-page-registrar = Вы регистратор другой организации? Скопируйте ссылку, откройте Valise своей организации и вставьте её там: «Люди», «Организации-партнёры», «У меня есть ссылка».
partner-page-other = Вы не регистратор? Отправьте ссылку своему регистратору и больше никому.
partner-member-text = По этой ссылке другая организация предлагает вашей работать вместе. Согласиться может только регистратор: отправьте ссылку ему и больше никому.

## Службы
offices = Службы
offices-none = Пока нет ни одной. Служба — например, канцелярия — имеет свой адрес, и в ней работают несколько человек. Её видят и партнёры.
office-people = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
}
office-mine = Ваша
office-new = Новая служба
office-make = Создать службу
office-made = Служба создана.
office-name = Название службы
office-name-hint = Его видят все здесь, а также партнёры.
office-note = Для чего она (необязательно)
office-holders = Кто в службе
office-holders-none = Сейчас в ней никого нет.
office-verified = Название, адрес и состав подписаны регистратором
office-verified-outside = Название, адрес и состав подписаны той организацией
office-change = Изменить
office-change-title = Изменить службу
office-changed = Служба изменена.
office-close = Закрыть службу
office-close-text = { $name } исчезнет здесь и у партнёров, а адрес освободится. Чаты останутся.
office-close-sure = Да, закрыть
office-closed = Служба закрыта: { $name }.

## Настройки
name-change = Изменить имя
notices = Уведомления
notices-nothing = Никаких
notices-something = Только «Новое сообщение»
notices-names = Кто и где написал
notices-words = Кто и что написал
notices-outside = Текст уведомления выходит из запечатанного хранилища: система может хранить его и показывать на заблокированном экране.
notices-refused = Браузер не показывает их для этой страницы. Разрешите уведомления в настройках браузера для неё.
notices-open = Браузер спросит разрешения.
notices-unknown = В этом браузере нет уведомлений.
notices-offer = Сообщать о новых сообщениях?
notices-offer-go = Включить
notices-offer-no = Не сейчас
notice-messages = { $count ->
    [1] Новое сообщение
    [one] { $count } новое сообщение
    [few] { $count } новых сообщения
   *[many] { $count } новых сообщений
}
notice-from = Пишет { $name }
notice-words = { $name }: { $text }
notice-something = Новые сообщения
quiet-hours = Тихие часы
quiet-from = с
quiet-to = до
install = Установить Valise на это устройство
install-hint = Свой значок, своё окно и запуск без сети
update = Готова новая версия.
shared = Выберите чат, куда отправить.
update-go = Запустить
appearance = Внешний вид
theme = Цвета
theme-system = Система
theme-light = Светлые
theme-dark = Тёмные
here = Присутствие
here-share = Показывать, что я здесь
here-hint = Кто открыл чат с вами, видит, что вы здесь или когда были в последний раз. Вы видите это у тех, кто тоже это показывает.
here-now = сейчас здесь
here-last = последний раз здесь { $when }
come-over = Переход сюда
bring = Перенести чаты
bring-hint = Из WhatsApp и Telegram, чтобы читать и искать здесь
bring-from = Откуда
bring-whatsapp-open = Откройте чат в WhatsApp.
bring-whatsapp-export = В его меню: Ещё, Экспорт чата, с файлами.
bring-whatsapp-choose = Перенесите файл .zip на это устройство и выберите его здесь.
bring-telegram-open = Откройте чат в Telegram Desktop на компьютере.
bring-telegram-export = В его меню: Экспорт истории чата. Выберите формат JSON.
bring-telegram-choose = Выберите созданную папку или один result.json, без фото и файлов.
bring-drop = Перетащите экспорт сюда
bring-file = Выбрать файл
bring-folder = Выбрать папку
bring-too-many = { $count ->
    [one] Не больше { $count } файла сразу.
    [few] Не больше { $count } файлов сразу.
   *[other] Не больше { $count } файлов сразу.
}
bring-local = Экспорт читается на этом устройстве и опечатывается на нём. На сервер ничего из него не попадает.
bring-reading = Экспорт читается…
bring-messages = Сообщения переносятся…
bring-files = Фото и файлы переносятся…
bring-count = { $count ->
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[other] { $count } сообщений
}
bring-chats = { $count ->
    [one] { $count } чат
    [few] { $count } чата
   *[other] { $count } чатов
}
bring-files-of = { $done } из { $of }
bring-background = Это окно можно закрыть. Перенос идёт, пока открыт Valise.
bring-stop = Остановить
bring-span = { $from } – { $until }
bring-left-out = { $count ->
    [one] { $count } место не читается и пропускается
    [few] { $count } места не читаются и пропускаются
   *[other] { $count } мест не читаются и пропускаются
}
bring-left-out-list = Что пропущено
bring-left-out-more = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
   *[other] и ещё { $count }
}
bring-who = Кто из них вы?
bring-who-hint = Ваши сообщения встанут на вашу сторону.
bring-nobody = Никто из них
bring-dates = 03/04 — это
bring-day-first = 3 апреля
bring-month-first = 4 марта
bring-go = Перенести
bring-done = Чаты перенесены
bring-stopped = Остановлено
bring-stopped-text = Что перенесено, остаётся. Выберите тот же экспорт снова, чтобы продолжить.
bring-known = { $count ->
    [one] { $count } из них уже было здесь
    [few] { $count } из них уже были здесь
   *[other] { $count } из них уже были здесь
}
bring-files-here = { $count ->
    [one] { $count } фото или файл
    [few] { $count } фото и файла
   *[other] { $count } фото и файлов
}
bring-files-missing = { $count ->
    [one] { $count } фото или файла нет в экспорте
    [few] { $count } фото и файлов нет в экспорте
   *[other] { $count } фото и файлов нет в экспорте
}
bring-another = Ещё один
bring-open = Открыть
left-out-line = Строка { $line }: { $why }
left-out-not-utf8 = это не читаемый текст
left-out-too-long = длиннее, чем может быть сообщение
left-out-no-message = стоит до первого сообщения
left-out-bad-date = такого дня или часа нет
left-out-bad-message = это не сообщение
left-out-broken = отсюда файл испорчен
left-out-cut-off = файл обрывается
answer-here = «Ответьте мне здесь»
answer-here-hint = Текст для прежних чатов, с приглашением
answer-here-about = Вставьте его в чат WhatsApp или Telegram. Кто откроет ссылку, тот в организации и может писать вам сюда.
answer-here-for = Для кого
answer-here-person = Для одного человека
answer-here-person-hint = Ссылка действует один раз
answer-here-group = Для группы
answer-here-group-hint = { $count ->
    [one] Ссылка действует для { $count } человека
    [few] Ссылка действует для { $count } человек
   *[other] Ссылка действует для { $count } человек
}
answer-here-caution = Каждый, у кого есть ссылка, входит в { $organisation }. Вставляйте её только туда, где войти можно всем.
answer-here-make = Составить текст
answer-here-paste = Скопируйте его и вставьте в прежний чат.
answer-here-label = Текст для вставки
answer-here-text = Пожалуйста, пишите мне теперь в Valise, опечатанном мессенджере ({ $organisation }). Он работает в браузере: без номера телефона и без пароля. Ответьте мне здесь: { $link } (действует до { $day })
devices = Устройства
devices-hint = Valise и на телефоне, и на рабочем столе
device-link = Подключить устройство
device-this = Это устройство
device-since = С { $day }
device-waiting = Сообщения ещё передаются: не закрывайте это устройство.
device-unnamed = Устройство
device-remove = Удалить
device-remove-named = Удалить: { $name }
device-remove-title = Удалить это устройство?
device-remove-text = Оно сразу перестанет получать сообщения. То, что на нём уже есть, можно будет читать, пока его там не сотрут.
device-step-open = Откройте адрес этого сервера на новом устройстве.
device-step-press = Нажмите там «Я пользуюсь Valise на другом устройстве».
device-step-type = Введите код, который оно покажет.
device-code = Код
device-code-hint = Восемь букв и цифр, например K7QM-2RX9. Можно вставить и ссылку.
device-busy = Устройства находят друг друга…
device-compare = «{ $name }» хочет подключиться к вашей учётной записи. На нём показаны эти цифры?
device-compare-caution = Продолжайте, только если новое устройство у вас в руках и вы сами это начали. Оно сможет прочитать всё.
device-refuse = Не совпадают
device-approve = Совпадают
device-linked = Подключено. Сообщения передаются туда.
past-title = Переносим ваши сообщения
past-text = Они приходят с другого устройства, запечатанными. Не закрывайте его, пока они не придут.
past-waiting = Сначала другое устройство добавляет это во все чаты…
past-coming = Готово частей: { $parts } из { $of }
past-skip = Начать без них
past-skip-title = Начать без прежних сообщений?
past-skip-text = Они останутся на другом устройстве и позже сюда не придут.
this-device = Это устройство
lock-now = Закрыть сейчас
lock-hint = Откроется отпечатком, лицом или PIN-кодом
move = Переехать на другое устройство
move-hint = Учётная запись и чаты продолжатся в другом браузере или телефоне
move-title = Перенести учётную запись на другое устройство?
move-text = Вы получите ссылку. Где её откроют первой, там вы и будете со всем, что есть. Это устройство сразу отключится: читать и писать здесь будет нельзя.
move-go = Создать ссылку
move-busy = Всё запечатывается в архив…
move-label = Ссылка на эту учётную запись
move-link = Откройте эту ссылку на другом устройстве. Она сработает один раз.
wipe = Стереть всё с устройства
wipe-title = Стереть всё с этого устройства?
wipe-text = Ваши сообщения и доступ будут стёрты с этого устройства. Отменить это нельзя. Чтобы вернуться, понадобится новое приглашение.
about-sealed = Всё, что вы пишете, запечатывается на вашем устройстве до отправки. Сервер хранит и передаёт это, но прочесть ничего не может.

## Поиск
found = { $count ->
    [0] Сообщений нет
    [one] { $count } сообщение
    [few] { $count } сообщения
   *[other] { $count } сообщений
}
found-more = Больше { $count } сообщений
found-show-more = Показать ещё
found-preparing = Старые сообщения ещё готовятся к поиску.
found-hint = Уточните: от:Анна, в:Команда, есть:файл, до:31.12.2026. Поиск не покидает это устройство.

# Резервная копия и возвращение с ней.
backup = Резервная копия
backup-off = Резервной копии нет. Если вы потеряете устройства, сообщения пропадут.
backup-coming = На сервере вашей организации создаётся запечатанная копия ваших сообщений…
backup-kept = Запечатанная копия ваших сообщений лежит на сервере организации. Обновлена: { $day }, { $time }.
backup-elsewhere = Копию ведёт другое ваше устройство.
backup-opens-passkey = Её открывает только ваш ключ доступа.
backup-opens-code = Её открывает только ваш распечатанный код.
backup-opens-both = Её открывают только ваш ключ доступа или распечатанный код.
backup-begin = Вести резервную копию
backup-begin-hint = Запечатанная, обновляется сама. На новом устройстве её откроет ваш ключ доступа.
backup-no-passkey = В этом браузере нет ключа доступа, который мог бы открыть копию. Распечатайте код.
backup-print = Распечатать код
backup-print-hint = Для сейфа или ящика стола: он откроет копию, если потерян и ключ доступа.
backup-printed-since = Распечатан { $day }. Новый код отменит прежний.
backup-stop = Удалить копию
backup-stop-title = Удалить резервную копию?
backup-stop-text = Копия на сервере будет стёрта. Если после этого вы потеряете устройства, сообщения пропадут.
backup-anew-title = Распечатать новый код?
backup-anew-text = Код, который вы распечатали раньше, больше ничего не откроет.
backup-paper-title = Ваш код
backup-paper-text = Тот, у кого есть этот код, может стать вами на новом устройстве и прочитать всё. Храните его как паспорт.
backup-paper-once = Он показывается только сейчас.
backup-paper-print = Печать
lost = Я потерял свои устройства
lost-text = Если велась резервная копия, ваш ключ доступа или распечатанный код вернёт вас и ваши сообщения.
back-passkey = Вернуться с ключом доступа
back-code = Распечатанный код
back-code-hint = Семь групп по четыре знака
back-by-code = Вернуться с кодом
back-no-secret = Этот ключ доступа не открывает резервную копию. Попробуйте распечатанный код.
back-title = С возвращением
back-coming = Ваши сообщения приходят с сервера вашей организации, запечатанные.
trouble-bad-code = Один из знаков кода неверен или пропущен.
trouble-no-backup = Нет резервной копии, которую это открывает.
# Бумага: сканирование и закрашивание.
attach-file = Фото или файл
attach-scan = Сканировать
attach-camera = Сфотографировать страницы
scan-title = Скан
scan-name = Скан { $date }.pdf
paper-working = Ищем страницу…
paper-shown = Страница, какой она будет отправлена
paper-pages = Страницы
paper-page = Страница { $number }
paper-add = Добавить страницы
paper-photograph = Сфотографировать
camera-asked = Браузер спрашивает, можно ли Valise пользоваться камерой.
camera-shown = Что видит камера
camera-take = Снять эту страницу
camera-taken = { $count ->
    [one] Снята { $count } страница.
    [few] Сняты { $count } страницы.
   *[many] Снято { $count } страниц.
}
camera-done = К страницам
camera-denied = Valise нельзя пользоваться камерой. Разрешите это для этой страницы в настройках браузера или добавьте готовые снимки.
camera-missing = Камеры нет, или она занята другой программой. Можно добавить готовые снимки.
paper-zoom = Размер на экране
paper-larger = Крупнее
paper-smaller = Мельче
paper-tools = Что можно сделать со страницей
paper-edges = Края
paper-look = Вид
paper-cover = Скрыть
paper-turn = Поворот
paper-earlier = Раньше
paper-later = Позже
paper-remove = Убрать
paper-unreadable = Этот снимок не читается. Подходят JPEG, PNG и WebP.
paper-too-large = Снимок больше, чем делают камеры, и не был открыт.
paper-too-many = В одном документе не больше { $count } страниц.
edges-hint = Перетащите углы на углы листа.
corner-upper-left = Левый верхний угол
corner-upper-right = Правый верхний угол
corner-lower-right = Правый нижний угол
corner-lower-left = Левый нижний угол
finish-colour = Цвет
finish-grey = Серый
finish-black-white = Ч/Б
finish-plain = Как есть
cover-title = Скрыть часть
cover-hint = Закрасьте то, что никто не должен видеть. Оно удаляется из файла вместе со всем текстом страницы, а не просто прячется.
cover-add = Добавить полосу
cover-box = Скрытая часть { $number }
cover-remove = Открыть
cover-done = Готово

# Пометки и то, что показывает просмотр.
confidential = Конфиденциально
confidential-hint = Читающий видит поперёк своё имя. Это сдерживает, но не запирает.
confidential-save-title = Файл конфиденциальный
confidential-save-text = Отправитель просил, чтобы файл остался здесь. На копии снаружи нет имени, она не запечатана, и отвечаете за неё вы.
confidential-save-go = Сохранить копию
text-cut = Показано только начало. Чтобы прочитать всё, сохраните файл.
picture-refused = Этот снимок больше, чем делают камеры, или это не снимок. Он не был открыт, но его можно сохранить.
unplayable = Этот браузер не может это воспроизвести. Файл можно сохранить и открыть в другой программе.

## Polls
poll = Опрос
poll-line = Опрос: { $question }
card = Контакт
card-whose = Отправить контакт
card-line = Контакт: { $name }
card-line-unknown = Контакт: неизвестно кто
card-unknown = Неизвестно кто
card-unknown-hint = Такой учётной записи нет в справочнике вашей организации.
card-open = Написать: { $name }
poll-new = Новый опрос
poll-question = Вопрос
poll-options = Варианты ответа
poll-option = Вариант { $number }
poll-several = Можно выбрать несколько вариантов
poll-named = Все в чате видят, кто что выбрал.
poll-no-question = Напишите, о чём вы спрашиваете.
poll-few-options = Напишите хотя бы два варианта.
poll-same-options = Два варианта одинаковы.
poll-choose-one = Опрос · один вариант
poll-choose-several = Опрос · один или несколько вариантов
poll-closed = Опрос · закрыт
poll-choice = { $text }, { $count ->
    [0] никто
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
}
poll-voters = { $count ->
    [0] Пока никто не проголосовал
    [one] Проголосовал { $count } человек
    [few] Проголосовали { $count } человека
   *[other] Проголосовали { $count } человек
}
poll-who = Кто голосовал
poll-nobody = Никто
poll-close = Закрыть опрос
poll-close-title = Закрыть этот опрос?
poll-close-text = После этого голосовать нельзя, и открыть его снова не получится. Результат останется виден всем.

## Восстановление личности
renew-title = Восстановление личности
renew-text = Два человека из вашей организации подтверждают, что вы потеряли все устройства. По этой ссылке вы снова станете собой на этом устройстве: то же имя, те же чаты.
renew-no-messages = Прежние сообщения так не вернутся. Все в ваших чатах увидят, что личность восстановлена.
renew-go = Начать на этом устройстве
renew-busy = Начинаем…
renew-reading = Узнаём, как обстоят дела…
renew-stopped = Остановлено: с вашего устройства ответили, что оно не потеряно.
renew-over = Ничего не вышло: запрос отозван, срок истёк или ссылку открыли на другом устройстве. Обратитесь туда, где получили ссылку.
renew-waits-second = Ждём второго регистратора.
renew-waits-time = Вступит в силу: { $time }.
renew-asked-by = { $registrar } просит восстановить личность: { $person }, { $organisation }.
renew-confirmed-by = Подтверждает { $registrar }.
renew-by-itself = Всё продолжится само, когда придёт время. Страницу можно закрыть и открыть снова.
renew-forget = Удалить это с устройства
renewal-alarm = Кто-то утверждает, что вы потеряли все устройства
renewal-alarm-one = { $first } просит восстановить личность от вашего имени. Это устройство будет отключено.
renewal-alarm-both = { $first } и { $second } передают вашу личность на чужое устройство. Это устройство будет отключено: { $time }.
renewal-stop = Это не я: остановить
renewal-stopped = Остановлено. Сообщите службе безопасности.
renewal-lost = Всё потеряно…
renewal-lost-text = Если { $name } теряет все устройства и не имеет распечатанного кода, вы можете вернуть личность вместе со вторым регистратором. Сначала убедитесь, что это действительно тот самый человек. Прежние сообщения не вернутся.
renewal-offer = Создать ссылку для восстановления
renewal-title = Восстановление личности
renewal-asked = Просит { $registrar }, { $time }.
renewal-waits-you = Ждёт вашего подтверждения.
renewal-confirm-text = Подтверждайте, только если сами говорили с этим человеком.
renewal-confirm = Подтвердить
renewal-decline = Отклонить
renewal-link = Ссылка для восстановления
renewal-link-caution = Передайте её только этому человеку: кто откроет её первым, станет им.

## Запросы
requests = Запросы
requests-burning = { $count ->
    [one] { $count } запрос ждёт вас или просрочен
    [few] { $count } запроса ждут вас или просрочены
   *[other] { $count } запросов ждут вас или просрочены
}
nothing-open-request = Выберите запрос
requests-open = Открытые
requests-for-us = За нами
requests-mine = Мои
requests-waiting = Ждём ответа
requests-urgent = Срочные
requests-ended = Завершённые
requests-empty = Открытых запросов нет. Здесь появятся запросы других организаций к вашей и вашей — к ним.
requests-none-here = Здесь ничего нет.
search-requests = Поиск запросов
request-count = { $count ->
    [one] { $count } запрос
    [few] { $count } запроса
   *[other] { $count } запросов
}
request-new = Новый запрос
request-incoming = Входящий запрос
request-outgoing = Исходящий запрос
request-subject = Тема
request-number = Номер
request-number-own = Входящий номер в вашем журнале
request-their-number = Номер у адресата
request-number-hint = Оставьте пустым, чтобы взять следующий по порядку.
request-with = Организация
request-state = Состояние
request-assignee = Исполнитель
request-due = Срок ответа
request-due-by = Срок ответа: { $time }
request-left-days = { $count ->
    [one] через { $count } день
    [few] через { $count } дня
   *[other] через { $count } дней
}
request-left-tomorrow = завтра
request-left-today = сегодня
request-left-just-over = истёк сегодня
request-left-late = { $count ->
    [one] просрочен на { $count } день
    [few] просрочен на { $count } дня
   *[other] просрочен на { $count } дней
}
request-late = с опозданием
request-was-late = был просрочен
request-fresh = Новый
request-submitted = Отправлен
request-received = Получен
request-registered = Зарегистрирован
request-in-work = В работе
request-questioned = Уточняется
request-partly = Ответ частичный
request-answered = Есть ответ
request-refused = Отказ
request-disputed = Ответ не принят
request-confirmed = Исполнен
request-withdrawn = Отозван
request-closed = Закрыт
request-reached-waiting = Ещё на этом устройстве
request-reached-sent = Отправлен
request-reached-delivered = Доставлен адресату
request-reached-opened = Открыт адресатом
request-parts = Части запроса
request-document = Запрос
request-talk = Переписка
request-from = От кого
request-to = Кому
request-issued = Подписан
request-asked-until = Просят продлить срок до
request-basis = Правовое основание
request-class = Гриф
request-confidential-said = Конфиденциально: лицо, о котором идёт речь, не должно узнать о запросе
request-in-working-days = { $count ->
    [one] { $count } рабочий день после отправки
    [few] { $count } рабочих дня после отправки
   *[other] { $count } рабочих дней после отправки
}
working-days = { $count ->
    [one] { $count } рабочий день
    [few] { $count } рабочих дня
   *[other] { $count } рабочих дней
}
request-files = Файлы
request-file-remove = Убрать { $name }
request-course = Ход исполнения
request-ground-is = Основание: { $ground }
request-under-way = Передаётся другой стороне
request-more = Другие действия с запросом
request-export = Сохранить доказательства
request-exporting = Собираем доказательства…
request-fetching = Сначала получаем файлы. Доказательства сохранятся, когда файлы будут здесь.
request-exported = Доказательства сохранены. Проверить их может кто угодно, даже без сети.
request-exported-unstamped = Доказательства сохранены, но без метки времени на всё вместе: взять её было не у кого. Проверить их может кто угодно, даже без сети.
request-do-answer = Ответить
request-do-answer-part = Ответить частично
request-do-question = Уточнить
request-do-clarify = Дать уточнение
request-do-ask-time = Продлить срок
request-do-give-time = Дать время
request-do-deny-time = Не продлевать
request-do-refuse = Отказать
request-do-assign = Назначить исполнителя
request-do-register = Зарегистрировать
request-do-confirm = Принять ответ
request-do-dispute = Это не ответ
request-do-withdraw = Отозвать
request-do-close = Закрыть
request-ends = Запрос на этом завершится. Отменить это нельзя.
request-ground = Основание отказа
request-ground-hint = Например, статья закона.
request-why = Почему это не ответ
request-why-missing = Напишите, почему это не ответ.
request-why-optional = Причина (можно не указывать)
request-until = До какого дня
request-time-later = Выберите день после истечения срока.
request-time-until = Тогда ответ нужно дать до: { $time }.
letter-request = Запрос
letter-answer = Ответ
letter-part = Частичный ответ
letter-question = Вопрос
letter-clarification = Уточнение
letter-refusal = Отказ
letter-text = Текст
letter-empty = Напишите что-нибудь или приложите файл.
letter-is-part = Это часть ответа
letter-is-part-hint = Запрос останется открытым до полного ответа.
letter-broken = Часть документа не совпадает с тем, что было подписано. Не полагайтесь на него.
sees-request = Именно это увидит { $organisation }, с вашим именем. Дата и номер появятся при отправке.
sees-answer = { $organisation } получит этот текст и эти файлы за вашей подписью.
sees-question = { $organisation } получит этот вопрос за вашей подписью. Срок не меняется.
sees-clarification = { $organisation } получит этот текст за вашей подписью.
sees-refusal = { $organisation } получит этот отказ и его основание за вашей подписью.
sees-assignee = { $organisation } увидит имя исполнителя.
sees-number = { $organisation } увидит, что запрос зарегистрирован, и его номер.
sees-time-asked = { $organisation } получит просьбу продлить срок. До согласия действует прежний срок.
sees-time-given = { $organisation } увидит новый срок.
sees-time-denied = { $organisation } увидит, что срок остаётся прежним, и причину.
sees-confirmed = { $organisation } увидит, что ответ принят. Запрос будет исполнен.
sees-disputed = { $organisation } увидит, почему это не ответ. Запрос снова открыт.
sees-withdrawn = { $organisation } увидит, что запрос отозван, и причину.
sees-closed = { $organisation } увидит, что запрос закрыт, и причину.
act-received = Запрос открыт: { $name }
act-registered = Зарегистрирован: { $number } ({ $name })
act-registered-plain = Зарегистрирован: { $name }
act-assigned = Исполнитель: { $assignee } (назначение: { $name })
act-assigned-plain = Исполнитель назначен: { $name }
act-took = Исполнитель: { $name }
act-questioned = Вопрос по запросу: { $name }
act-clarified = Уточнение: { $name }
act-extension-asked = { $name } просит продлить срок до { $day }
act-extension-granted = Срок продлён до { $day }: { $name }
act-extension-denied = Срок не продлён: { $name }
act-partly-answered = Частичный ответ: { $name }
act-answered = Ответ: { $name }
act-refused = Отказ: { $name }
act-confirmed = Ответ принят: { $name }
act-disputed = Ответ не принят: { $name }
act-withdrawn = Запрос отозван: { $name }
act-amended = Запрос изменён: { $name }
act-closed = Запрос закрыт: { $name }
standing-out-of-place = Не учитывается: раньше успело другое действие.
standing-not-theirs = Не учитывается: это действие другой стороны.
standing-no-object = Не учитывается: нет того, на что оно ссылается.
standing-unproven = Пока не учитывается: подпись ещё не проверена.
request-whom = Отдел, имя или адрес
request-whom-hint = Выберите отдел или сотрудника организации-партнёра либо введите полный адрес.
request-offices = Отделы
request-asker = От имени
request-asker-me = Только от себя
request-goes-to = Его получит { $name }.
request-other-recipient = Изменить
request-text = Содержание запроса
request-basis-hint = Статья закона или номер постановления.
request-class-hint = Так, как принято в вашей организации.
request-by-days = В рабочих днях
request-by-day = К дате
request-confidential = Конфиденциально
request-confidential-hint = Лицо, о котором идёт речь, не должно узнать о запросе. Читающие увидят на файлах своё имя.
request-further = Гриф и номер
request-look = Посмотреть
request-change = Изменить
request-send = Подписать и отправить
request-no-subject = Напишите коротко, о чём запрос.
request-no-text = Напишите, что вы запрашиваете, или приложите файл.
request-no-days = Укажите от 1 до 1000 рабочих дней.
templates = Шаблоны
templates-edit = Переименовать или удалить шаблоны
templates-none = Шаблонов пока нет. Напишите запрос, проверьте его и там же сохраните как шаблон.
templates-back = К запросу
templates-full = Больше шаблонов сохранить нельзя. Сначала удалите один из них.
templates-most = Не больше { $count } шаблонов.
template-name = Название шаблона
template-keep = Сохранить как шаблон
template-keep-it = Сохранить
template-keep-hint = Тема, текст, основание и названия полей сохраняются только для вас, на всех ваших устройствах. То, что вы вписали в поля, не сохраняется.
template-replaces = Шаблон с таким названием уже есть. Новый займёт его место.
template-replace = Заменить
template-kept = Шаблон сохранён.
template-change = Изменить { $name }
template-remove = Удалить
request-fields = Поля
request-field = Поле
request-field-add = Добавить поле
request-field-remove = Убрать поле
request-field-name = Название поля
request-field-value = Значение
request-field-empty = Заполните поле «{ $name }» или уберите его.
request-field-no-name = Дайте полю название.
request-field-twice = Два поля называются «{ $name }». Назовите одно из них иначе.
request-again = Запросить то же ещё раз
request-begun = Этот запрос вы начали раньше. Отправьте его или очистите тему и текст, а потом запросите то же ещё раз.
request-another = Добавить адресата
request-from-table = Из таблицы
request-others = Кто ещё получит такой же запрос
request-each-apart = Адресатов: { $count }. Каждый получит отдельный запрос и не увидит остальных.
request-to-many = Адресатов: { $count }
request-asked-together = Отправлены вместе:
requests-answered = ответили { $answered } из { $count }
requests-all = Все запросы
requests-save = Сохранить список как таблицу
request-way = Направление
request-office = Служба
sees-request-each = Именно это увидит каждый из них, с вашим именем и со своим названием в строке «Кому». Дата и номера появятся при отправке.
request-table-no-text = Эту таблицу не удаётся прочитать. Сохраните её как «CSV UTF-8» и выберите ещё раз.
request-table-large = Таблица слишком большая. Вместе можно запросить не больше 50 адресатов.
request-table-unclosed = В таблице открыта и не закрыта кавычка.
request-table-wrong = { $count ->
    [one] { $count } строка никого не называет. Ничего не отправлено.
    [few] { $count } строки никого не называют. Ничего не отправлено.
    [many] { $count } строк никого не называют. Ничего не отправлено.
   *[other] { $count } строки никого не называют. Ничего не отправлено.
}
request-table-lines = Строки, которые никого не называют
request-table-line = Строка { $number }
request-table-nobody = Служба или человек с таким названием у партнёров не известны. Человека сначала нужно один раз найти по полному адресу.
request-table-several = Таких несколько. Укажите адрес целиком.
request-table-again = Указано в таблице дважды.
request-table-take = { $count ->
    [one] Пропустить их и взять { $count } адресата
    [few] Пропустить их и взять { $count } адресатов
    [many] Пропустить их и взять { $count } адресатов
   *[other] Пропустить их и взять { $count } адресата
}
request-no-day = Выберите день, который ещё не прошёл.

# Гости: люди без организации, по ссылке и коду.
trouble-wrong-code = Этот код не подходит к этой ссылке. Сверьте его по буквам: после пяти неверных ссылка закрывается.
guest-mark = Гость
guest-mark-title = Человек не из организации, по ссылке и коду
guest-by-link = Кому-то без Valise
guest-by-link-hint = По ссылке и коду или письмом на бумаге
guest-name = Кого вы спрашиваете
guest-name-hint = Так, как это будет стоять в запросе. Сервер этого не прочтёт.
guest-name-missing = Напишите, кого вы спрашиваете.
guest-hold = Сначала посмотрю, кто пришёл
guest-hold-hint = Иначе запрос сразу прочтёт тот, у кого есть и ссылка, и код.
guest-panel = Гость
guest-panel-digits = Цифры для сверки по телефону:
guest-link-until = Ссылка действует до { $day }.
guest-hand-over = Передать ссылку
guest-let-in = Впустить
guest-renew = Новая ссылка
guest-end = Закрыть ссылку
guest-making = Ссылка создаётся
guest-awaited = Ещё не открыта
guest-waits = Ждёт, пока впустят
guest-comes = Входит
guest-in = Вошёл
guest-is-over = Ссылка закрыта
guest-hand-title = Для: { $name }
guest-hand-link = Ссылка
guest-hand-link-hint = По почте или на бумаге. Она для одного человека и без кода ничего не откроет.
guest-hand-code = Код
guest-hand-code-hint = Не тем путём, что ссылка: по телефону, в СМС, на отдельном листе.
guest-copy-code = Скопировать код
guest-looking = Смотрим, кто спрашивает…
guest-bad-title = Эта ссылка ничего не открывает
guest-bad-text = Возможно, её уже использовали, закрыли или она устарела. Попросите новую у того, кто её прислал.
guest-title = { $organisation } просит вас ответить
guest-asks = Кто спрашивает
guest-asked = Кого спрашивают
guest-until = Открыть можно до { $day }.
guest-held = Прежде чем вы прочтёте запрос, вас должны впустить.
guest-code = Код
guest-code-hint = Он пришёл другим путём, чем ссылка: три группы по четыре буквы и цифры.
guest-code-missing = Введите код.
guest-go = Открыть запрос
guest-busy = Открываем…
guest-passkey-hint = Устройство попросит лицо, палец или PIN. Так вы сможете вернуться сюда позже с этого устройства.
guest-sealed = Прочесть это можете только вы и те, кто спрашивает. Сервер передаёт всё запечатанным.
guest-sure = Насколько можно верить этой странице?
guest-sure-text = Страница пришла с { $domain }. Проверьте это имя в адресной строке. Если сомневаетесь, позвоните в организацию по номеру, который знаете сами, а не из письма, и сверьте эти цифры:
guest-offline = Нет связи. Всё, что вы пишете, сохраняется.
guest-connecting = Соединяемся…
guest-wait-title = Скоро вас впустят
guest-wait-text = Тем, кто спрашивает, сказали, что вы здесь. Оставьте страницу открытой или вернитесь позже с этого устройства: ваше место сохранится.
guest-wait-digits = Если вам позвонят, назовите эти цифры:
guest-over = Те, кто спрашивает, закрыли эту ссылку. То, что вы отправили раньше, у них.
guest-clear = Очистить эту страницу
guest-clear-text = Всё об этом запросе будет удалено с устройства. Сначала сохраните квитанцию.
guest-honest = Запечатано между вами и теми, кто спрашивает. Они знают о вас только то, что у вас были ссылка и код.
guest-here = В этом чате гость, по ссылке и коду: { $people }
guest-you-are-asked = Спрашивают вас
guest-receipt = Сохранить квитанцию
guest-sure-short = Запечатано. Насколько можно верить этой странице?
guest-letter = Письмо на бумаге
guest-letter-hint = Для тех, у кого нет почты: в письме ссылка в виде квадрата для камеры, код — на отдельном листе, в другой день или другим путём.
guest-letter-to = Адрес в окошке
guest-letter-from = Ваш адрес
guest-letter-from-hint = Одна строка над адресом. Можно оставить пустой.
guest-letter-print = Напечатать письмо
guest-letter-code = Напечатать код
guest-letter-no-address = Напишите, кому письмо.
guest-letter-long-address = В окошке видно не больше шести строк.
guest-letter-failed = Не получилось сделать письмо. Попробуйте ещё раз.
guest-letter-letters = Некоторых букв нет в шрифте, на их месте рамка. Прочтите письмо, прежде чем отправлять.

## In whose name
requests-in-doubt = Сомнительные
request-doubt-title = Возможно, это прислала не { $organisation }
doubt-unsealed = { $organisation } ставит на свои запросы печать, а на этом её нет. Там могли украсть устройство или почтовый ящик.
doubt-bad-seal = Печать на нём недействительна: её поставил тот, кто не вправе, или она взята с другого запроса.
doubt-stopped = Когда пришёл этот запрос, { $organisation } остановила все свои запросы.
doubt-no-partner = { $organisation } — не партнёр вашей организации.
doubt-advice = Позвоните в { $organisation } по номеру, который вы уже знаете. До этого не делайте ничего из того, о чём здесь просят. Файлы до тех пор закрыты.
request-do-vouch = Проверено другим путём
request-vouch-warning = После этого вы и коллеги сможете работать с ним, как с любым другим запросом. Под тем, что он проверен, будет стоять ваше имя.
request-vouch-how = Как вы проверили? (необязательно)
sees-vouched = { $organisation } увидит, что вы проверили запрос другим путём, и то, что вы здесь напишете.
act-vouched = Проверено другим путём, от кого запрос: { $name }
request-sealed = От имени: { $organisation }
request-sealed-by = Отправку разрешил(а) { $name }
held-waits = Ждёт, пока отправку разрешит коллега. До этого другая сторона ничего не видит.
held-nobody = Нужно разрешение на отправку, а дать его некому. Скажите регистратору.
held-back = { $name } возвращает его: { $note }
held-stopped = Все запросы вашей организации остановлены. Этот уйдёт сам, когда остановку снимут.
requests-stopped = Все запросы вашей организации остановлены. Написанное ждёт, пока регистратор не снимет остановку.
releases = Ждут вашего разрешения
release-title = Разрешить отправку запроса?
release-text = Именно это увидит другая сторона. С вашим разрешением запрос уйдёт от имени организации.
release-from = Написал(а) { $name }
release-do = Разрешить
release-done = Разрешено. Запрос отправляется.
release-back = Вернуть
release-back-why = Почему вы его возвращаете?
release-back-missing = Напишите почему, чтобы это можно было исправить.
release-sent-back = Возвращено.
release-gone = Он больше не ждёт: его разрешил или вернул кто-то другой, или его отозвали.
rules = Запросы организации
rules-hint = Кто разрешает отправку, и общая остановка
rules-asks = Что нужно запросу, прежде чем он уйдёт
rules-freely = Больше ничего
rules-freely-hint = Достаточно подписи того, кто спрашивает.
rules-sealed = Разрешение
rules-sealed-hint = От любого, кто вправе. Кто вправе, разрешает свой запрос тем, что отправляет его.
rules-four-eyes = Второй человек
rules-four-eyes-hint = Разрешает не тот, кто спрашивает. Украденного устройства тогда мало.
rules-keepers = Кто разрешает отправку
rules-keepers-none = Пока никто.
rules-keepers-needed = Разрешать некому: ни один запрос не уйдёт.
rules-keeper-waits = Сможет, когда одно из его устройств будет на связи
rules-keepers-change = Изменить, кто разрешает
rules-keepers-save = Сохранить
rules-stop = Остановить все запросы
rules-stop-text = Пока вы не снимете остановку, никто в организации не отправит запрос, а партнёры не поверят тому, что всё же придёт. Для случая, когда украли устройство или почтовый ящик.
rules-stop-sure = Да, остановить все запросы
rules-resume = Снять остановку
rules-stopped = Все запросы остановлены.
rules-resumed = Запросы снова отправляются.
rules-saved = Сохранено.
trouble-in-doubt = Ничто не подтверждает, что это прислала другая организация. Позвоните ей по известному вам номеру и отметьте здесь, что проверили.
chip-in-doubt = Сомнительно
chip-waits-release = Ждёт разрешения
chip-sent-back = Возвращён
chip-stopped = Остановлен
## Working days, other wordings, handing on
requests-escalated = Просрочены давно
request-remind = Напомнить
request-remind-text = Напоминаем об этом запросе: подходит или прошёл срок ответа. Если что-то неясно или нужно больше времени, напишите нам.
request-reminded = Напоминание отправлено.
request-do-amend = Изменить запрос
amend-hint = Вы отправите новую редакцию. Отправленные файлы остаются. На прежнюю редакцию ответить уже нельзя: если ответ готов, его дадут заново.
amend-due-same = Без изменений
sees-amended = { $organisation } увидит новую редакцию и что в ней изменилось.
changed = Что изменилось
changed-due = Срок: { $before } → { $after }
changed-subject = Прежняя тема: { $subject }
changed-files = Новые файлы: { $names }
changed-text = Прежний текст
letter-former = Прежняя редакция
letter-to-former = К прежней редакции: сейчас не имеет силы
act-given = Передан службе «{ $office }»: { $name }
act-given-plain = Передан другой службе: { $name }
forward-note = Несколько слов для них
forward-note-hint = Получат только они, каждый в личном чате с вами. Другая организация этого не увидит.
forward-people = Коллеги
counted-by = Это { $time } по календарю «{ $name }».
counted-plain = Это { $time }. Пропущены только выходные: ваша организация не задала календарь.
remind-soon = Скоро срок ответа.
remind-today = Сегодня срок ответа.
remind-overdue = Срок ответа прошёл.
remind-escalated = На запрос не ответили вовремя. Об этом сообщается всей службе.
deadlines = Рабочие дни и сроки
deadlines-hint = Как ваша организация считает сроки и когда напоминает
deadlines-about = С момента сохранения сроки новых запросов считаются по этому календарю. У прежних запросов срок не меняется.
deadlines-plain = Ваша организация не задала календарь: не считаются только суббота и воскресенье.
deadlines-by = Задано: { $name }
deadlines-name = Название календаря
deadlines-name-first = Рабочие дни
deadlines-weekend = Выходные дни недели
deadlines-weekend-is = Выходные: { $days }
deadlines-holidays = Праздники и нерабочие дни
deadlines-holidays-hint = Праздники и другие дни, когда никто не работает.
deadlines-worked = Рабочие выходные
deadlines-worked-hint = Субботы и другие дни, на которые перенесены рабочие дни.
deadlines-day = День
deadlines-add = Добавить
deadlines-remove = Убрать { $day }
deadlines-many = Сразу несколько
deadlines-many-hint = Даты, по одной в строке, или файл календаря (.ics). Названия дней не сохраняются.
deadlines-take = Добавить эти дни
deadlines-file = Из файла
deadlines-until = Известен до
deadlines-until-hint = Последний день, о котором вы знаете, рабочий ли он. Сроки за этим днём нельзя считать в рабочих днях.
deadlines-until-is = Известен до { $day }
deadlines-ends = Календарь заканчивается { $day }. Регистратору пора добавить следующий год.
deadlines-remind = Напоминать за столько рабочих дней
deadlines-remind-hint = До пяти чисел через запятую: 1, 3. В сам день тоже придёт напоминание.
deadlines-escalate = Сообщить всей службе через столько рабочих дней
deadlines-escalate-hint = И тем, кому запрос не назначен. Оставьте пустым, чтобы больше никому не сообщать.
deadlines-no-until = Укажите, до какого дня известен календарь.
deadlines-no-days = Впишите числа дней через запятую.
deadlines-said = Календарь сохранён.
deadlines-read = { $count ->
    [one] Добавлен { $count } день.
    [few] Добавлено { $count } дня.
   *[many] Добавлено { $count } дней.
}
deadlines-skipped = { $count ->
    [one] { $count } запись не взята: это не целый день или она повторяется по правилу.
    [few] { $count } записи не взяты: это не целые дни или они повторяются по правилу.
   *[many] { $count } записей не взято: это не целые дни или они повторяются по правилу.
}
