import { readAbbreviations } from "./table.ts";

/** What Portuguese writes short. */
export const portuguese = readAbbreviations(`
always
i. e. = isto é
etc. = etcétera
a.a. = ao ano
a. a. = ao ano
a.m. = ao mês
a. m. = ao mês
EUA = Estados Unidos
aprox. = aproximadamente
máx. = máximo
mín. = mínimo
obs. = observação
depto. = departamento
cia. = companhia
ltda. = limitada
vc = você
vcs = vocês
qtd. = quantidade
vs = contra
hab. = habitantes
ref. = referência
c/ = com
p/ = para
s/n = sem número
ap. = apartamento
CEP = CEP
jan. fev. mar. abr. mai. jun. jul. out. nov. dez.
comp. cáps. seg. ter. qua. qui. sex. sáb. dom.
leading
bl. = bloco
séc. sécs.
p. ex. = por exemplo
por ex. = por exemplo
tel.? = telefone
apto.? = apartamento
vs. = contra
xíc. colh. Apto.
trailing
a.C. = antes de Cristo
d.C. = depois de Cristo
a. C. = antes de Cristo
d. C. = depois de Cristo
name
Sr.? = senhor
Sra.? = senhora
Srta.? = senhorita
Srs.? = senhores
Sras.? = senhoras
Dr.? = doutor
Dra.? = doutora
Drs.? = doutores
D. = dona
Prof.? = professor
Profas. = professoras
Profs. = professores
Dras. = doutoras
Profa.? = professora
Prof.ª = professora
Eng. = engenheiro
Exmo. = excelentíssimo
Pe. = padre
Sto. = santo
Sta. = santa
Av.? = avenida
R. = rua
Al. = alameda
Rod. = rodovia
Pça. = praça
number
bl. = bloco
km.? = quilômetro
pág. = página
págs. = páginas
p. = página
pp. = páginas
art. = artigo
arts. = artigos
cap. = capítulo
vol. = volume
fig. = figura
nº = número
ed. = edição
min. = minuto
máx = máximo
roman
séc. = século
sécs. = séculos
`);
