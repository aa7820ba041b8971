/**
 * Given names and surnames common in the United States (Social Security Administration and Census lists, the most frequent
 * ones), without those that are everyday words too ("Will", "Mark", "Bill", "May", "Hope"). Used to read "this is not Maria".
 */
export const NAMES: readonly string[] = (
  'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald steven ' +
  'paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey jeff ryan jacob gary nicholas eric ' +
  'jonathan stephen larry justin scott brandon benjamin samuel gregory greg alexander alex patrick dennis jerry tyler aaron jose ' +
  'adam nathan henry douglas zachary peter kyle noah ethan jeremy walter keith roger terry austin sean gerald carl harold dylan ' +
  'arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy mason vincent ' +
  'liam roy ralph bobby russell philip eugene johnny bradley luis carlos miguel angel jorge pedro manuel francisco antonio ' +
  'fernando ricardo eduardo javier alejandro rafael roberto raul ramon mario sergio diego andres oscar hector victor ruben ' +
  'alberto enrique arturo jaime julio cesar armando marco marcos gerardo ernesto pablo felipe gustavo ignacio salvador hugo ' +
  'mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly ' +
  'emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley ' +
  'brenda emma anna pamela nicole samantha katherine christine debra rachel carolyn janet maria olivia heather helen catherine ' +
  'diane julie victoria joyce lauren kelly christina ruth joan virginia judith evelyn hannah andrea megan cheryl jacqueline martha ' +
  'madison teresa gloria sara janice ann anne kathryn abigail sophia frances jean alice judy isabella julia denise amber doris ' +
  'marilyn danielle beverly theresa diana natalie brittany charlotte marie kayla alexis lori tiffany crystal tammy tina dana ' +
  'carmen rosa ana guadalupe lupe luz elena isabel veronica leticia silvia sylvia yolanda adriana alejandra gabriela claudia ' +
  'norma irma blanca esther consuelo juana francisca beatriz lucia marta alicia josefina margarita raquel rocio susana cecilia ' +
  'dolores esperanza marisol monica daniela valeria camila sofia mariana fernanda paola karla yesenia mayra lorena mike tom tommy ' +
  'dave dan danny jim jimmy chris matt tony steve andy josh ken kenny tim ron eddie jake nick jon ben sam zach pete bob rob bobby ' +
  'rick ricky ray chuck charlie fred harry stan ted phil kathy liz beth becky debbie deb jenny jen kate katie peggy sandy cindy ' +
  'angie vicky barb patty trish tanya tonya latoya keisha tamika lakisha jamal tyrone darnell deshawn malik darius marcus ' +
  'smith johnson williams jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson taylor moore ' +
  'jackson martin lee perez thompson harris sanchez ramirez lewis robinson walker allen wright torres nguyen flores ' +
  'adams nelson rivera campbell mitchell roberts carter gomez phillips evans turner diaz parker cruz edwards collins reyes ' +
  'stewart morris morales murphy rogers gutierrez ortiz morgan peterson bailey reed howard ramos kim ward watson brooks chavez ' +
  'bennett mendoza ruiz hughes alvarez castillo sanders patel myers ross foster jimenez powell jenkins perry russell sullivan ' +
  'vargas romero herrera medina aguilar vasquez castro guzman munoz'
).split(' ');
