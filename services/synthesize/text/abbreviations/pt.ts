import { readAbbreviations } from "./table.ts";

/** The abbreviations of Portuguese. */
export const portuguese = readAbbreviations(`
always
v. pág. = veja a página
m. pl. = masculino plural
f. pl. = feminino plural
elev. = elevador
cond. = condomínio
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
sing. = singular
plur. = plural
pl. = plural
pess. = pessoa
masc. = masculino
fem. = feminino
inf. = infinitivo
subj. = subjuntivo
ind. = indicativo
imper. = imperativo
imperf. = imperfeito
pret. = pretérito
pres. = presente
part. = particípio
ger. = gerúndio
adj. = adjetivo
adv. = advérbio
prep. = preposição
conj. = conjunção
pron. = pronome
subst. = substantivo
compl. = complemento
jan. and. fev. mar. abr. mai. jun. jul. out. nov. dez.
comp. cáps. q.to q.tos qto. qtos. dorm. dorms. vg. vgs. banh. seg. ter. qua. qui. sex. sáb. dom. sem.
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
op. = opus
ex. = exercício
exs. = exercícios
tab. = tabela
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
