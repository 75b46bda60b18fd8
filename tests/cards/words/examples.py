"""What a petition, an event and a tour say in each language, read and found right by eye.

Each has a petition's standing, an evening in Paris, and six days from one month into the next.
"""

from __future__ import annotations

EXAMPLES = {
    "ar": (
        "التوقيعات: 31,416 من أصل 50,000 (حتى 15 فبراير 2022)",
        "الخميس، 25 فبراير 2027، 6:00–8:30 م UTC+1",
        "25 فبراير – 2 مارس 2027",
    ),
    "bn": (
        "৫০,০০০টির মধ্যে ৩১,৪১৬টি স্বাক্ষর (১৫ ফেব্রুয়ারী, ২০২২ পর্যন্ত)",
        "বৃহস্পতিবার, ২৫ ফেব্রুয়ারী, ২০২৭, ১৮:০০–২০:৩০ UTC+1",
        "২৫ ফেব্রুয়ারী – ২ মার্চ, ২০২৭",
    ),
    "ca": (
        "31.416 de 50.000 signatures (a 15 de febrer del 2022)",
        "Dijous, 25 de febrer del 2027, 18:00–20:30 CET",
        "25 de febrer\u2009–\u20092 de març del 2027",
    ),
    "cs": (
        "31\u00a0416 z 50\u00a0000 podpisů (ke dni 15. února 2022)",
        "Čtvrtek 25. února 2027, 18:00–20:30 SEČ",
        "25. února\u2009–\u20092. března 2027",
    ),
    "da": (
        "31.416 af 50.000 underskrifter (pr. 15. februar 2022)",
        "Torsdag den 25. februar 2027, 18.00–20.30 CET",
        "25. februar–2. marts 2027",
    ),
    "de": (
        "31.416 von 50.000 Unterschriften (Stand: 15. Februar 2022)",
        "Donnerstag, 25. Februar 2027, 18:00–20:30 Uhr MEZ",
        "25. Februar\u2009–\u20092. März 2027",
    ),
    "el": (
        "Υπογραφές: 31.416 από 50.000 (στις 15 Φεβρουαρίου 2022)",
        "Πέμπτη 25 Φεβρουαρίου 2027, 6:00–8:30\u202fμ.μ. CET",
        "25 Φεβρουαρίου – 2 Μαρτίου 2027",
    ),
    "en": (
        "31,416 of 50,000 signatures (as of February 15, 2022)",
        "Thursday, February 25, 2027, 6:00\u2009–\u20098:30\u202fPM UTC+1",
        "February 25\u2009–\u2009March 2, 2027",
    ),
    "es": (
        "31.416 de 50.000 firmas (a 15 de febrero de 2022)",
        "Jueves, 25 de febrero de 2027, 18:00–20:30 CET",
        "25 de febrero\u2009–\u20092 de marzo de 2027",
    ),
    "fa": (
        "۳۱٬۴۱۶ از ۵۰٬۰۰۰ امضا (تا ۱۵ فوریهٔ ۲۰۲۲)",
        "پنجشنبه ۲۵ فوریهٔ ۲۰۲۷، ۱۸:۰۰ تا ۲۰:۳۰ UTC+1",
        "۲۵ فوریه تا ۲ مارس ۲۰۲۷",
    ),
    "fi": (
        "Allekirjoituksia: 31\u00a0416 / 50\u00a0000 (tilanne 15. helmikuuta 2022)",
        "Torstai 25. helmikuuta 2027, 18.00–20.30 UTC+1",
        "25. helmikuuta\u2009–\u20092. maaliskuuta 2027",
    ),
    "fr": (
        "31\u202f416 signatures sur 50\u202f000 (au 15 février 2022)",
        "Jeudi 25 février 2027, 18:00\u2009–\u200920:30 UTC+1",
        "25 février\u2009–\u20092 mars 2027",
    ),
    "he": (
        "31,416 מתוך 50,000 חתימות (נכון ל־15 בפברואר 2022)",
        "יום חמישי, 25 בפברואר 2027, 18:00–20:30 UTC+1",
        "25 פברואר – 2 מרץ 2027",
    ),
    "hi": (
        "50,000 में से 31,416 हस्ताक्षर (15 फ़रवरी 2022 तक)",
        "गुरुवार, 25 फ़रवरी 2027, 18:00–20:30 UTC+1",
        "25 फ़रवरी – 2 मार्च 2027",
    ),
    "hu": (
        "Aláírások: 31\u00a0416 / 50\u00a0000 (állapot: 2022. február 15.)",
        "2027. február 25., csütörtök, 18:00–20:30 CET",
        "2027. február 25.\u2009–\u2009március 2.",
    ),
    "id": (
        "31.416 dari 50.000 tanda tangan (per 15 Februari 2022)",
        "Kamis, 25 Februari 2027, 18.00–20.30 UTC+1",
        "25 Februari\u2009–\u20092 Maret 2027",
    ),
    "it": (
        "31.416 firme su 50.000 (al 15 febbraio 2022)",
        "Giovedì 25 febbraio 2027, 18:00–20:30 CET",
        "25 febbraio\u2009–\u20092 marzo 2027",
    ),
    "ja": (
        "31,416筆の署名、目標50,000筆（2022年2月15日現在）",
        "2027年2月25日木曜日 18時00分～20時30分 UTC+1",
        "2027年2月25日～3月2日",
    ),
    "ko": (
        "서명 31,416명, 목표 50,000명 (2022년 2월 15일 기준)",
        "2027년 2월 25일 목요일 18:00 ~ 20:30 UTC+1",
        "2027년 2월 25일 ~ 3월 2일",
    ),
    "nb": (
        "31\u00a0416 av 50\u00a0000 underskrifter (per 15. februar 2022)",
        "Torsdag 25. februar 2027, 18:00–20:30 CET",
        "25. februar–2. mars 2027",
    ),
    "nl": (
        "31.416 van 50.000 handtekeningen (stand op 15 februari 2022)",
        "Donderdag 25 februari 2027, 18:00–20:30 CET",
        "25 februari\u2009–\u20092 maart 2027",
    ),
    "pl": (
        "31\u00a0416 z 50\u00a0000 podpisów (stan na 15 lutego 2022)",
        "Czwartek, 25 lutego 2027, 18:00–20:30 CET",
        "25 lutego\u2009–\u20092 marca 2027",
    ),
    "pt": (
        "31.416 de 50.000 assinaturas (em 15 de fevereiro de 2022)",
        "Quinta-feira, 25 de fevereiro de 2027, 18:00\u2009–\u200920:30 UTC+1",
        "25 de fevereiro\u2009–\u20092 de março de 2027",
    ),
    "ro": (
        "31.416 din 50.000 de semnături (la 15 februarie 2022)",
        "Joi, 25 februarie 2027, 18:00–20:30 CET",
        "25 februarie\u2009–\u20092 martie 2027",
    ),
    "ru": (
        "31\u00a0416 из 50\u00a0000 подписей (на 15 февраля 2022\u202fг.)",
        "Четверг, 25 февраля 2027\u202fг., 18:00–20:30 UTC+1",
        "25 февраля – 2 марта 2027\u202fг.",
    ),
    "sv": (
        "31\u00a0416 av 50\u00a0000 underskrifter (den 15 februari 2022)",
        "Torsdag 25 februari 2027, 18:00–20:30 CET",
        "25 februari–2 mars 2027",
    ),
    "th": (
        "31,416 จาก 50,000 รายชื่อ (ณ วันที่ 15 กุมภาพันธ์ ค.ศ. 2022)",
        "วันพฤหัสบดีที่ 25 กุมภาพันธ์ ค.ศ. 2027 18:00 น. – 20:30 น. UTC+1",
        "25 กุมภาพันธ์\u2009–\u20092 มีนาคม 2027",
    ),
    "tr": (
        "İmza sayısı: 31.416 / 50.000 (15 Şubat 2022 itibarıyla)",
        "25 Şubat 2027 Perşembe, 18:00–20:30 UTC+1",
        "25 Şubat\u2009–\u20092 Mart 2027",
    ),
    "uk": (
        "31\u00a0416 із 50\u00a0000 підписів (станом на 15 лютого 2022\u202fр.)",
        "Четвер, 25 лютого 2027\u202fр., 18:00–20:30 UTC+1",
        "25 лютого – 2 березня 2027\u202fр.",
    ),
    "ur": (
        "50,000 میں سے 31,416 دستخط (15 فروری، 2022 تک)",
        "جمعرات، 25 فروری، 2027، 18:00–20:30 UTC+1",
        "25 فروری – 2 مارچ، 2027",
    ),
    "vi": (
        "31.416 trên 50.000 chữ ký (tính đến 15 tháng 2, 2022)",
        "Thứ Năm, 25 tháng 2, 2027, 18:00–20:30 UTC+1",
        "25 tháng 2\u2009–\u20092 tháng 3, 2027",
    ),
    "zh-Hans": (
        "已有31,416人签名，目标50,000人（截至2022年2月15日）",
        "2027年2月25日星期四 18:00–20:30 UTC+1",
        "2027年2月25日至3月2日",
    ),
    "zh-Hant": (
        "已有31,416人連署，目標50,000人（截至2022年2月15日）",
        "2027年2月25日 星期四 下午6:00至8:30 UTC+1",
        "2027年2月25日至3月2日",
    ),
}
