"""Cues of the topics in languages the office's own lists do not hold: French, Chinese and Khmer.

They are looked for beside the English ones in articles of neither Vietnamese nor English. Chinese words stand
in both their scripts where these differ, and serve Japanese where it writes alike.
"""

from __future__ import annotations

from functools import cache

_FRENCH = {
    "T00": "footballeur; championnat; match nul; entraîneur; gardien de but; buteur; attaquant",
    "T01": (
        "frontière; frontalier; frontalière; poste-frontière; postes-frontières; garde-frontière; "
        "gardes-frontières; borne frontière; bornage; transfrontalier; litige frontalier"
    ),
    "T02": (
        "mer de Chine méridionale; pêcheurs; bateau de pêche; garde-côtes; archipel; souveraineté maritime"
    ),
    "T03": (
        "religieux; religieuse; liberté de religion; liberté religieuse; liberté de culte; protestant; "
        "chrétien; catholique; bouddhiste; église; diocèse; évangélique; prière; culte"
    ),
    "T04": (
        "droits de l'homme; droits humains; liberté d'expression; liberté de la presse; dissident; "
        "prisonnier politique; réfugié; demandeur d'asile; société civile; détention arbitraire; opposant"
    ),
    "T05": (
        "minorité ethnique; minorités ethniques; minorité; ethnie; Montagnard; jaraï; bahnar; autochtone; "
        "peuples autochtones; hauts plateaux"
    ),
    "T06": (
        "déforestation; forêt; terres agricoles; expropriation; exploitation minière; accaparement des terres"
    ),
    "T07": (
        "condamné; arrestation; interpellé; drogue; trafic de; contrebande; escroquerie; peine de prison; "
        "accident de la route; meurtre"
    ),
    "T08": (
        "investissement; investisseur; économie; exportation; autoroute; parc éolien; zone industrielle; "
        "entreprise; croissance"
    ),
    "T09": "agriculteur; récolte; caféier; caféiculteur; poivre; hévéa; manioc; noix de cajou; agricole",
    "T10": "tourisme; touriste; patrimoine; festival; gong; plage; musée",
    "T11": "hôpital; épidémie; santé; école; élèves; enseignant; vaccin",
    "T12": (
        "inondation; crue; glissement de terrain; typhon; sécheresse; séisme; intempérie; "
        "changement climatique"
    ),
    "T13": "comité populaire; fusion des provinces; réforme administrative; pot-de-vin; parti communiste",
    "T14": (
        "ambassadeur; coopération; visite officielle; protocole d'accord; diplomatie; relations bilatérales"
    ),
    "T15": "désinformation; fausses nouvelles; fausse information; rumeur; journaliste",
}
_CHINESE = {
    "T00": "足球; 联赛; 聯賽; 球队; 球隊; 进球; 進球",
    "T01": "边境; 邊境; 边界; 邊界; 界碑; 口岸; 勘界; 边防; 邊防; 边贸; 邊貿; 越境; 国境; 國境",
    "T02": "南海; 渔船; 漁船; 渔民; 漁民; 渔业; 漁業; 海警; 岛屿; 島嶼; 专属经济区; 專屬經濟區",
    "T03": "宗教; 教会; 教會; 教堂; 基督教; 天主教; 新教; 佛教; 牧师; 牧師; 神父; 信徒; 寺庙; 寺廟",
    "T04": "人权; 人權; 言论自由; 言論自由; 新闻自由; 新聞自由; 难民; 難民; 庇护; 庇護; 政治犯; 良心犯; 酷刑",
    "T05": "少数民族; 少數民族; 原住民; 嘉莱族; 嘉萊族; 巴拿族; 山地民族; 民族政策",
    "T06": "征地; 毁林; 毀林; 森林; 砍伐; 采矿; 採礦; 采砂; 土地纠纷; 土地糾紛; 水电; 水電",
    "T07": "警方; 警察; 公安; 逮捕; 被捕; 毒品; 走私; 贩毒; 販毒; 诈骗; 詐騙; 法院; 判处; 判處; 人口贩运",
    "T08": (
        "投资; 投資; 企业; 企業; 高速公路; 出口; 港口; 工业园; 工業園; 物流; 风电; 風電; 太阳能; 太陽能; "
        "贸易; 貿易; 经济; 經濟"
    ),
    "T09": "农业; 農業; 农民; 農民; 咖啡; 胡椒; 榴莲; 榴槤; 橡胶; 橡膠; 木薯; 香蕉; 农产品; 農產品",
    "T10": "旅游; 旅遊; 游客; 遊客; 文化遗产; 文化遺產; 锣钲; 鑼鉦; 节庆; 節慶; 博物馆; 博物館",
    "T11": "医院; 醫院; 学校; 學校; 学生; 學生; 疫情; 疫苗; 卫生; 衛生; 教师; 教師",
    "T12": (
        "台风; 颱風; 洪水; 洪灾; 洪災; 暴雨; 滑坡; 干旱; 乾旱; 地震; 污染; 气候变化; 氣候變化; 灾害; 災害; "
        "自然灾害"
    ),
    "T13": "腐败; 腐敗; 受贿; 受賄; 纪律处分; 紀律處分; 行政区划; 行政區劃; 省份合并; 省委; 任命",
    "T14": "大使; 代表团; 代表團; 访问; 訪問; 谅解备忘录; 諒解備忘錄; 外交; 东盟; 東盟; 友好",
    "T15": "假新闻; 假新聞; 谣言; 謠言; 虚假信息; 辟谣; 记者; 記者",
}
_KHMER = {
    "T01": "ព្រំដែន; ច្រកទ្វារ; បង្គោលព្រំដែន; ឆ្លងដែន; ខណ្ឌសីមា",
    "T02": "សមុទ្រចិនខាងត្បូង; អ្នកនេសាទ; ទូកនេសាទ",
    "T03": "សាសនា; ព្រះវិហារ; គ្រិស្តសាសនា; ព្រះពុទ្ធសាសនា",
    "T04": "សិទ្ធិមនុស្ស; ជនភៀសខ្លួន; សិទ្ធិជ្រកកោន; លទ្ធិប្រជាធិបតេយ្យ",
    "T05": "ជនជាតិដើមភាគតិច; ជនជាតិភាគតិច; ម៉ុងតាញ៉ា",
    "T06": "ព្រៃឈើ; កាប់ឈើ; ដីធ្លី; ទំនាស់ដី",
    "T07": "នគរបាល; ប៉ូលិស; ចាប់ខ្លួន; គ្រឿងញៀន; រត់ពន្ធ; តុលាការ; ឆបោក",
    "T08": "វិនិយោគ; ពាណិជ្ជកម្ម; នាំចេញ; សេដ្ឋកិច្ច",
    "T09": "កសិកម្ម; កសិករ; ស្វាយចន្ទី; កៅស៊ូ; ដំឡូងមី",
    "T10": "ទេសចរណ៍; ភ្ញៀវទេសចរ",
    "T11": "មន្ទីរពេទ្យ; សិស្ស; សាលារៀន",
    "T12": "ទឹកជំនន់; ព្យុះ; គ្រោះរាំងស្ងួត; គ្រោះធម្មជាតិ",
    "T14": "ឯកអគ្គរដ្ឋទូត; កិច្ចសហប្រតិបត្តិការ; ទស្សនកិច្ច; អាស៊ាន",
}


@cache
def cues_abroad(topic: str) -> tuple[str, ...]:
    """The cues of a topic id in these languages, one after the other; none for a topic not known here."""
    lists = (table.get(topic, "") for table in (_FRENCH, _CHINESE, _KHMER))
    return tuple(word.strip() for words in lists for word in words.split(";") if word.strip())
