"""Made-up lists in each format that is read. The same two persons stand in all of them; nobody of this exists."""

OWN = """\
key,names,born,countries,remarks
N-1,Ottokar Zwirnbold;Otokar Swirnbold,1961-02-03,DEU;Ruritania,Made up for tests
N-2,Ludmilla Khlebotsev;Людмила Хлебоцев,1970;1972-05-06,RUS,
"""

OPENSANCTIONS = """\
id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset
N-1,Person,Ottokar Zwirnbold,Otokar Swirnbold,1961-02-03,de,,,Made up,,,,Tests
C-1,Company,Zwirnbold Werke,,,de,,,,,,,Tests
N-2,Person,Ludmilla Khlebotsev,Людмила Хлебоцев,1970;1972-05-06,ru,,,,,,,Tests
"""

UNITED_NATIONS = """\
<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-20T00:00:00">
 <INDIVIDUALS>
  <INDIVIDUAL>
   <DATAID>1</DATAID><FIRST_NAME>Ottokar</FIRST_NAME><SECOND_NAME>Zwirnbold</SECOND_NAME><THIRD_NAME/>
   <UN_LIST_TYPE>Tests</UN_LIST_TYPE><REFERENCE_NUMBER>N-1</REFERENCE_NUMBER><COMMENTS1>Made up</COMMENTS1>
   <DESIGNATION><VALUE>Weaver</VALUE></DESIGNATION><NATIONALITY><VALUE>Germany</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Otokar Swirnbold</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  </INDIVIDUAL>
  <INDIVIDUAL>
   <DATAID>2</DATAID><FIRST_NAME>Ludmilla</FIRST_NAME><SECOND_NAME>Khlebotsev</SECOND_NAME>
   <REFERENCE_NUMBER>N-2</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>Людмила Хлебоцев</NAME_ORIGINAL_SCRIPT>
   <NATIONALITY><VALUE>Russian Federation</VALUE></NATIONALITY>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1972</TO_YEAR>
   </INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1980</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  </INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES><ENTITY><DATAID>3</DATAID><FIRST_NAME>Zwirnbold Werke</FIRST_NAME></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""

EUROPEAN_UNION = """\
<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-20T00:00:00">
 <sanctionEntity euReferenceNumber="N-1" logicalId="1">
  <remark>Made up</remark><regulation programme="TESTS"/><subjectType code="person" classificationCode="P"/>
  <nameAlias firstName="Ottokar" middleName="" lastName="Zwirnbold" wholeName="Ottokar Zwirnbold" function="Weaver"/>
  <nameAlias firstName="Otokar" middleName="" lastName="Swirnbold" wholeName=""/>
  <citizenship countryIso2Code="DE" countryDescription="GERMANY"/>
  <birthdate circa="false" calendarType="GREGORIAN" birthdate="1961-02-03" year="1961"/>
  <birthdate circa="false" calendarType="ISLAMIC" birthdate="1380-08-17" year="1380"/>
 </sanctionEntity>
 <sanctionEntity euReferenceNumber="N-2" logicalId="2">
  <subjectType code="person" classificationCode="P"/>
  <nameAlias wholeName="Ludmilla Khlebotsev"/><nameAlias wholeName="Людмила Хлебоцев"/>
  <citizenship countryIso2Code="00" countryDescription="Russian Federation"/>
  <birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1970" yearRangeTo="1972"/>
  <birthdate circa="true" calendarType="GREGORIAN" year="1980"/>
 </sanctionEntity>
 <sanctionEntity euReferenceNumber="C-1" logicalId="3">
  <subjectType code="enterprise" classificationCode="E"/><nameAlias wholeName="Zwirnbold Werke"/>
 </sanctionEntity>
</export>
"""

OFAC_TABLE = """\
1,"ZWIRNBOLD, Ottokar","individual","TESTS","Weaver",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 03 Feb 1961; POB Anywhere; nationality Germany; Gender Male."
2,"KHLEBOTSEV, Ludmilla","individual","TESTS",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970 to 1972; alt. DOB circa 1980; citizen Russia; a.k.a. 'LUDA'."
3,"ZWIRNBOLD WERKE",-0- ,"TESTS",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
\x1a
"""

OFAC_ALIASES = """\
1,11,"aka","SWIRNBOLD, Otokar",-0-
3,12,"fka","ZWIRN AG",-0-
\x1a
"""

OFAC_DOCUMENT = """\
<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://lists.example/sdn">
 <publshInformation><Publish_Date>11/20/2026</Publish_Date><Record_Count>3</Record_Count></publshInformation>
 <sdnEntry>
  <uid>1</uid><firstName>Ottokar</firstName><lastName>ZWIRNBOLD</lastName><title>Weaver</title><sdnType>Individual</sdnType>
  <programList><program>TESTS</program></programList>
  <akaList><aka><uid>11</uid><type>a.k.a.</type><category>strong</category><lastName>SWIRNBOLD</lastName>
   <firstName>Otokar</firstName></aka></akaList>
  <nationalityList><nationality><uid>12</uid><country>Germany</country><mainEntry>true</mainEntry></nationality>
  </nationalityList>
  <dateOfBirthList><dateOfBirthItem><uid>13</uid><dateOfBirth>03 Feb 1961</dateOfBirth></dateOfBirthItem></dateOfBirthList>
 </sdnEntry>
 <sdnEntry>
  <uid>2</uid><firstName>Ludmilla</firstName><lastName>KHLEBOTSEV</lastName><sdnType>Individual</sdnType>
  <citizenshipList><citizenship><uid>22</uid><country>Russia</country></citizenship></citizenshipList>
  <dateOfBirthList><dateOfBirthItem><dateOfBirth>1970 to 1972</dateOfBirth></dateOfBirthItem>
   <dateOfBirthItem><dateOfBirth>circa 1980</dateOfBirth></dateOfBirthItem></dateOfBirthList>
 </sdnEntry>
 <sdnEntry><uid>3</uid><lastName>ZWIRNBOLD WERKE</lastName><sdnType>Entity</sdnType></sdnEntry>
</sdnList>
"""

UNITED_KINGDOM = """\
Report Date: 20-Nov-2026
Last Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Name non-latin script,Regime Name,Designation Type,Other Information,D.O.B,Nationality(/ies),Position
20/11/2026,N-1,1,Zwirnbold,Ottokar,,,,,Primary Name,,Tests,Individual,Made up,03/02/1961,Germany,Weaver
20/11/2026,C-1,3,Zwirnbold Werke,,,,,,Primary Name,,Tests,Entity,,,,
20/11/2026,N-2,2,Khlebotsev,Ludmilla,,,,,Primary Name,Людмила Хлебоцев,Tests,Individual,,dd/mm/1970,Russia,
20/11/2026,N-1,1,Swirnbold,Otokar,,,,,Alias,,Tests,Individual,,03/02/1961,Germany,Weaver
"""

OFSI = """\
Last Updated,20/11/2026
Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,DOB,Town of Birth,Nationality,Position,Other Information,Group Type,Alias Type,Regime,Group ID
ZWIRNBOLD,Ottokar,,,,,Mr,,03/02/1961,,Germany,Weaver,,Individual,Primary name,Tests,1
SWIRNBOLD,Otokar,,,,,Mr,,00/00/1961,,(1) Germany (2) Austria,Weaver,,Individual,AKA,Tests,1
ZWIRNBOLD WERKE,,,,,,,,,,,,,Entity,Primary name,Tests,3
KHLEBOTSEV,Ludmilla,,,,,,Людмила Хлебоцев,00/00/1970,,Russia,,,Individual,Primary name,Tests,2
"""
