"""Codes of states and organisations: ISO 3166-1, and what ICAO Doc 9303-3, section 5, adds to it.

A zone says `D` for Germany, tells six kinds of British nationals apart, and knows issuers that are no country.
"""

_ISO = """
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI
BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT
BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU
CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET
FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR
GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR
IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB
LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH
MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE
NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL
PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ
SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC
TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY
USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
"""

ALPHA2 = {pair[:3]: pair[3:] for pair in _ISO.split()} | {"RKS": "XK"}
"""ISO 3166-1 alpha-2 by alpha-3. Kosovo has no code of ISO: it has ICAO's and the one that Europe uses."""

_ICAO_TO_ISO = {
    "D": "DEU",
    "GBD": "GBR",
    "GBN": "GBR",
    "GBO": "GBR",
    "GBP": "GBR",
    "GBS": "GBR",
    "XKX": "RKS",
    "ROM": "ROU",
    "ZAR": "COD",
    "TMP": "TLS",
}
_OTHERS = """
ANT EUE INP NTZ SCG SUN UNA UNK UNO UTO XAA XBA XCC XCE XCO XCT XDC XEC XES XIM XMP XOM XPO XXA XXB XXC XXX YUG
"""
_NO_COUNTRY = frozenset(_OTHERS.split())
"""Organisations, persons without nationality, Utopia of the specimens, and states that were."""

STATELESS = frozenset({"XXA", "XXB", "XXC", "XXX"})


def to_iso(code: str) -> str:
    """ISO alpha-3 for a code as a zone has it, with or without fillers; empty where it is no country."""
    plain = code.strip("<").upper()
    known = _ICAO_TO_ISO.get(plain, plain)
    return known if known in ALPHA2 else ""


def to_icao(alpha3: str) -> str:
    """The code that a zone has for a country: the same, but `D` for Germany."""
    return {"DEU": "D", "XKX": "RKS"}.get(alpha3, alpha3)


def is_known(code: str) -> bool:
    """Whether a zone may say so."""
    return code.strip("<").upper() in _NO_COUNTRY or bool(to_iso(code))


def same_country(one: str, other: str) -> bool:
    """Whether two codes, of ICAO or ISO, mean the same."""
    return (to_iso(one) or one.strip("<")) == (to_iso(other) or other.strip("<"))
