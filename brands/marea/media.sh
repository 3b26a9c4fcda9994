# A small boat under sail, rocking on two waves. From the night's sea through the brand's green to the morning's coral.
main='gte(X,530)*between(Y,120,610)*lte(X,530+(Y-120)*0.62)'
jib='lte(X,498)*between(Y,230,610)*gte(X,498-(Y-230)*0.74)'
hull='between(Y,652,764)*between(X,150+(Y-652)*1.1,874-(Y-652)*1.1)'
waves='between(Y-812-16*sin(X/46),0,30)*between(X,120,904)+between(Y-884-16*sin(X/46+2),0,30)*between(X,220,804)'
look Marea 8:44:74 10:122:120 216:96:72 0xd8fff2 "$main+$jib+$hull+$waves" '0.09*sin(1.9*t)'

film lesson v1 pt pt-pt \
  "Damos-te as boas-vindas à Marea. Aqui aprende-se a velejar com calma: primeiro o vento, depois os nós, e depois o mar." \
  "A primeira aula" "Primeiro o vento, depois o mar" "Continua no botão abaixo"
film lesson v1 en en-gb \
  "Welcome to Marea. You learn to sail at your own pace here: first the wind, then the knots, and then the sea." \
  "The first lesson" "First the wind, then the sea" "Go on with the button below"
film lesson v1 de de \
  "Willkommen bei Marea. Hier lernt man das Segeln in Ruhe: erst den Wind, dann die Knoten, und dann das Meer." \
  "Die erste Stunde" "Erst der Wind, dann das Meer" "Weiter mit dem Knopf unten"
