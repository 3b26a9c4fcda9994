#!/bin/sh
# Makes the two sample welcome videos, once: the results are committed.
# Needs Debian's ffmpeg, espeak-ng, fontconfig and fonts-dejavu-core. Usage: sh make.sh [directory to write to]
set -eu
out=${1:-$(dirname "$0")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seconds=6.9
title=$(fc-match -f '%{file}' 'DejaVu Serif:bold')
plain=$(fc-match -f '%{file}' 'DejaVu Sans')
bold=$(fc-match -f '%{file}' 'DejaVu Sans:bold')

# The background stands still: a moving gradient alone would take four times the bytes of all the rest.
# Tilted, from night blue through the brand's violet to teal.
slope='clip((Y+0.4*X)/1568,0,1)'
mix() { echo "if(lt($slope,0.5),$1+($2-$1)*$slope*2,$2+($3-$2)*($slope*2-1))"; }
ffmpeg -v error -y -f lavfi -i "color=black:s=720x1280,format=gbrp" -frames:v 1 \
  -vf "geq=r='$(mix 28 104 14)':g='$(mix 18 61 140)':b='$(mix 80 232 170)'" "$work/background.png"

# A reception bell as a mask, drawn at four times its size so that the edges come out smooth: knob, stem, dome with a gleam, base.
dome='lt(hypot(X-512,Y-660),310)*lt(Y,660)'
gleam='between(hypot(X-512,Y-660),215,245)*lt(X,430)*lt(Y,600)'
knob='lt(hypot(X-512,Y-290),48)+between(X,494,530)*between(Y,290,360)'
base='between(X,180,844)*between(Y,694,750)+lt(hypot(X-180,Y-722),28)+lt(hypot(X-844,Y-722),28)'
ffmpeg -v error -y -f lavfi -i "color=white:s=1024x1024,format=rgba" -frames:v 1 \
  -vf "geq=r=255:g=255:b=255:a='255*min(1,$dome*(1-$gleam)+$knob+$base)',scale=256:256:flags=area" "$work/bell.png"
ffmpeg -v error -y -f lavfi -i "color=white:s=1600x1600,format=rgba" -frames:v 1 \
  -vf "geq=r=255:g=255:b=255:a='34*lt(hypot(X-800,Y-800),780)+26*lt(hypot(X-800,Y-800),610)',scale=400:400:flags=area" "$work/disc.png"

# appear <second>: rises 30 pixels into place while it fades in.
appear() { echo "alpha='clip((t-$1)/0.5,0,1)'"; }
rise() { echo "y='$2+30*pow(1-clip((t-$1)/0.5,0,1),3)'"; }

make() { # <language> <espeak voice> <spoken> <first line> <second line> <call>
  espeak-ng -v "$2" -s 185 -p 42 -w "$work/$1.wav" "$3"
  ffmpeg -v error -y \
    -loop 1 -framerate 25 -t "$seconds" -i "$work/background.png" \
    -loop 1 -framerate 25 -t "$seconds" -i "$work/disc.png" \
    -loop 1 -framerate 25 -t "$seconds" -i "$work/bell.png" \
    -i "$work/$1.wav" \
    -filter_complex "
      [3:a]adelay=300,highpass=f=90,lowpass=f=7500,aecho=0.9:0.5:38:0.14,loudnorm=I=-17,aresample=32000,apad,atrim=0:$seconds,asplit[voice][seen];
      [seen]showwaves=s=120x60:mode=cline:rate=10:colors=white:scale=sqrt,scale=30x60:flags=area,scale=480x120:flags=neighbor,drawgrid=x=10:w=16:h=400:t=6:c=black,format=gray,lut='if(gt(val,100),255,0)',format=rgba,colorkey=black:0.25:0,colorchannelmixer=aa=0.6[wave];
      [2:v]rotate='0.16*exp(-2.2*t)*sin(26*t)+if(gt(t,4.6),0.16*exp(-2.2*(t-4.6))*sin(26*(t-4.6)))':c=none[ringing];
      [0:v][1:v]overlay=160:230[stage];
      [stage][ringing]overlay=232:300[belled];
      [belled][wave]overlay=120:1010[waved];
      [waved]
      drawtext=fontfile='$title':text='Concierge':fontsize=92:fontcolor=white:x=(w-tw)/2:$(rise 0 690),
      drawtext=fontfile='$plain':text='$4':fontsize=44:fontcolor=white:x=(w-tw)/2:$(rise 0.6 826):$(appear 0.6),
      drawtext=fontfile='$plain':text='$5':fontsize=34:fontcolor=0xd9d0ff:x=(w-tw)/2:$(rise 2 902):$(appear 2),
      drawtext=fontfile='$bold':text='$6':fontsize=32:fontcolor=white:x=(w-tw)/2:$(rise 3.6 1176):$(appear 3.6),
      format=yuv420p[picture]" \
    -map "[picture]" -map "[voice]" -t "$seconds" \
    -c:v libx264 -profile:v main -level 3.1 -preset veryslow -crf 29 -g 250 \
    -c:a aac -b:a 32k -ac 1 -map_metadata -1 -fflags +bitexact -movflags +faststart "$out/welcome_$1.mp4"
}

make en en-us "Welcome to Concierge. I am so glad that you are here. Tap the button below, and I will greet you by name." \
  "Welcome" "We are glad you are here" "Tap the button below"
make es es "Te damos la bienvenida a Concierge. Me alegra que estés aquí. Toca el botón y te saludaré por tu nombre." \
  "Te damos la bienvenida" "Nos alegra que estés aquí" "Toca el botón de abajo"
