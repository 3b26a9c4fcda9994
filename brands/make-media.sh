#!/bin/sh
# Makes a brand's videos, once: the results are committed. What they look like and say is in its `media.sh`.
# Needs Debian's ffmpeg, espeak-ng, fontconfig and fonts-dejavu-core. Usage: sh make-media.sh <brand> [folder to write to]
set -eu
brands=$(dirname "$0")
brand=$1
out=${2:-$brands/$brand}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seconds=6.9
serif=$(fc-match -f '%{file}' 'DejaVu Serif:bold')
plain=$(fc-match -f '%{file}' 'DejaVu Sans')
bold=$(fc-match -f '%{file}' 'DejaVu Sans:bold')

# A still picture as a white mask: <name> <side in pixels> <side of the drawing> <alpha of each of its pixels, 0 to 255>
mask() {
  ffmpeg -v error -y -f lavfi -i "color=white:s=$3x$3,format=rgba" -frames:v 1 \
    -vf "geq=r=255:g=255:b=255:a='$4',scale=$2:$2:flags=area" "$work/$1.png"
}

# look <title> <three colours, top to bottom, as r:g:b> <colour of the second line> <emblem> <its angle at t>
# The emblem is 1 where it is white, of a square of 1,024; drawn at four times its size so that its edges come out smooth.
look() {
  title=$1 soft=$5 angle=$7
  # The background stands still: a moving gradient alone would take four times the bytes of all the rest.
  slope='clip((Y+0.4*X)/1568,0,1)'
  channel() { # <which of r:g:b> <top> <middle> <bottom>
    set -- "$(echo "$2" | cut -d: -f"$1")" "$(echo "$3" | cut -d: -f"$1")" "$(echo "$4" | cut -d: -f"$1")"
    echo "if(lt($slope,0.5),$1+($2-$1)*$slope*2,$2+($3-$2)*($slope*2-1))"
  }
  ffmpeg -v error -y -f lavfi -i "color=black:s=720x1280,format=gbrp" -frames:v 1 -vf \
    "geq=r='$(channel 1 "$2" "$3" "$4")':g='$(channel 2 "$2" "$3" "$4")':b='$(channel 3 "$2" "$3" "$4")'" \
    "$work/background.png"
  mask emblem 256 1024 "255*min(1,$6)"
  mask disc 400 1600 '34*lt(hypot(X-800,Y-800),780)+26*lt(hypot(X-800,Y-800),610)'
}

# appear <second>, rise <second> <y>: fades in while it rises 30 pixels into place.
appear() { echo "alpha='clip((t-$1)/0.5,0,1)'"; }
rise() { echo "y='$2+30*pow(1-clip((t-$1)/0.5,0,1),3)'"; }

# pictures <file>: what stands in the chat until it is played, as large as the film and small.
pictures() {
  bare='-map_metadata -1 -fflags +bitexact -flags:v +bitexact'
  ffmpeg -v error -y -ss 5 -i "$1" -frames:v 1 -q:v 5 $bare "$1.jpg"
  ffmpeg -v error -y -i "$1.jpg" -vf "scale=320:320:force_original_aspect_ratio=decrease" -q:v 4 $bare "$1.small.jpg"
}

# film <asset> <version> <language> <espeak voice> <spoken> <first line> <second line> <call>
film() {
  file=media/$1/$2/$1_$3.mp4
  mkdir -p "$out/media/$1/$2"
  espeak-ng -v "$4" -s 185 -p 42 -w "$work/voice.wav" "$5"
  ffmpeg -v error -y \
    -loop 1 -framerate 25 -t "$seconds" -i "$work/background.png" \
    -loop 1 -framerate 25 -t "$seconds" -i "$work/disc.png" \
    -loop 1 -framerate 25 -t "$seconds" -i "$work/emblem.png" \
    -i "$work/voice.wav" \
    -filter_complex "
      [3:a]adelay=300,highpass=f=90,lowpass=f=7500,aecho=0.9:0.5:38:0.14,loudnorm=I=-17,aresample=32000,apad,atrim=0:$seconds,asplit[voice][seen];
      [seen]showwaves=s=120x60:mode=cline:rate=10:colors=white:scale=sqrt,scale=30x60:flags=area,scale=480x120:flags=neighbor,drawgrid=x=10:w=16:h=400:t=6:c=black,format=gray,lut='if(gt(val,100),255,0)',format=rgba,colorkey=black:0.25:0,colorchannelmixer=aa=0.6[wave];
      [2:v]rotate='$angle':c=none[moving];
      [0:v][1:v]overlay=160:230[stage];
      [stage][moving]overlay=232:300[shown];
      [shown][wave]overlay=120:1010[waved];
      [waved]
      drawtext=fontfile='$serif':text='$title':fontsize=92:fontcolor=white:x=(w-tw)/2:$(rise 0 690),
      drawtext=fontfile='$plain':text='$6':fontsize=44:fontcolor=white:x=(w-tw)/2:$(rise 0.6 826):$(appear 0.6),
      drawtext=fontfile='$plain':text='$7':fontsize=34:fontcolor=$soft:x=(w-tw)/2:$(rise 2 902):$(appear 2),
      drawtext=fontfile='$bold':text='$8':fontsize=32:fontcolor=white:x=(w-tw)/2:$(rise 3.6 1176):$(appear 3.6),
      format=yuv420p[picture]" \
    -map "[picture]" -map "[voice]" -t "$seconds" \
    -c:v libx264 -profile:v main -level 3.1 -preset veryslow -crf 29 -g 250 \
    -c:a aac -b:a 32k -ac 1 -map_metadata -1 -fflags +bitexact -movflags +faststart "$out/$file"
  pictures "$out/$file"
  echo "$out/$file: $(wc -c <"$out/$file") bytes"
}

. "$brands/$brand/media.sh"
