# A reception bell: knob, stem, dome with a gleam, base. From night blue through the brand's violet to teal.
dome='lt(hypot(X-512,Y-660),310)*lt(Y,660)'
gleam='between(hypot(X-512,Y-660),215,245)*lt(X,430)*lt(Y,600)'
knob='lt(hypot(X-512,Y-290),48)+between(X,494,530)*between(Y,290,360)'
base='between(X,180,844)*between(Y,694,750)+lt(hypot(X-180,Y-722),28)+lt(hypot(X-844,Y-722),28)'
look Concierge 28:18:80 104:61:232 14:140:170 0xd9d0ff "$dome*(1-$gleam)+$knob+$base" \
  '0.16*exp(-2.2*t)*sin(26*t)+if(gt(t,4.6),0.16*exp(-2.2*(t-4.6))*sin(26*(t-4.6)))'

film welcome v1 en en-us \
  "Welcome to Concierge. I am so glad that you are here. Tap the button below, and I will greet you by name." \
  "Welcome" "We are glad you are here" "Tap the button below"
film welcome v1 es es \
  "Te damos la bienvenida a Concierge. Me alegra que estés aquí. Toca el botón y te saludaré por tu nombre." \
  "Te damos la bienvenida" "Nos alegra que estés aquí" "Toca el botón de abajo"
