import { readAbbreviations } from "./table.ts";

/** What Spanish writes short. */
export const spanish = readAbbreviations(`
always
s/n = sin número
i. e. = es decir
etc. = etcétera
EEUU = Estados Unidos
RR. HH. = recursos humanos
a. de C. = antes de Cristo
d. de C. = después de Cristo
a. m. = a eme
p. m. = pe eme
a.m. = a eme
p.m. = pe eme
aprox. = aproximadamente
máx. = máximo
mín. = mínimo
dpto. = departamento
depto. = departamento
apdo. = apartado
admón. = administración
c/u = cada uno
izq. = izquierda
izda. = izquierda
dcha. = derecha
cía. = compañía
vs = contra
ref. = referencia
hab. = habitantes
N.B. = nota bene
s/n = sin número
L-V = lunes a viernes
L a V = lunes a viernes
L-S = lunes a sábado
L-D = lunes a domingo
ene. abr. jun. jul. ago. sept. nov. dic.
comp. cáps. lun. mar. mié. mie. jue. vie. sáb. dom.
pers.
leading
p.ej. = por ejemplo
tel.? = teléfono
tfno. = teléfono
teléf. = teléfono
vs. = contra
p. ej. = por ejemplo
cda. cdas. cdta. cdtas. tza. tzas.
trailing
Vds. = ustedes
Vd. = usted
S. A. = sociedad anónima
S.A. = sociedad anónima
EE. UU. = Estados Unidos
Ud.? = usted
Uds.? = ustedes
a. C. = antes de Cristo
d. C. = después de Cristo
EE.UU. = Estados Unidos
name
Sr.? = señor
Sra.? = señora
Srta.? = señorita
Sres.? = señores
Sras.? = señoras
Dr.? = doctor
Dra.? = doctora
Dres.? = doctores
D. = don
D.ª = doña
Dña.? = doña
Prof. = profesor
Profa.? = profesora
Profas. = profesoras
Dras. = doctoras
Lic. = licenciado
Ing. = ingeniero
Arq. = arquitecto
Mtro. = maestro
Mons. = monseñor
Fr. = fray
Gral. = general
Sto. = santo
Sta. = santa
Av.? = avenida
Avda.? = avenida
C/ = calle
Pza. = plaza
Pl. = plaza
Pº = paseo
Ctra. = carretera
number
c/ = cada
ext. = extensión
int. = interior
km.? = kilómetro
pág. = página
págs. = páginas
pp. = páginas
p. = página
art. = artículo
arts. = artículos
cap. = capítulo
caps. = capítulos
vol. = volumen
fig. = figura
núm. = número
nro. = número
nº = número
tomo = tomo
ed. = edición
min. = minuto
máx = máximo
mín = mínimo
roman
s. = siglo
ss. = siglos
`);
