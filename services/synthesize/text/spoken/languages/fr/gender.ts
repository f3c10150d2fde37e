// French nouns do not always show their gender. Endings are checked, the most reliable ones first. The lists contain
// common nouns that contradict their ending, so that the gender found for an unlisted noun is usually right.

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Nouns that are feminine although their ending is typical of masculine nouns. */
const feminine = words(
  `fois main maison chanson leçon boisson saison raison façon prison livraison combinaison liaison comparaison cuisson moisson rançon
  part plupart nuit mort dent souris fourmi clef clé nef soif faim fin forêt mer sœur fleur couleur valeur erreur chaleur peur odeur
  douleur saveur longueur largeur hauteur profondeur épaisseur vapeur faveur rumeur humeur sueur lueur lenteur grandeur ampleur rigueur
  vigueur candeur rougeur voix noix croix paix toux eau peau loi foi vis vertu tribu radio photo vidéo moto météo auto pizza villa caméra
  data playlist appli armoire page image cage plage rage nage affaire paire chaire grammaire circulaire molaire crème huître lettre fenêtre
  montre rencontre cendre poudre chambre ombre fibre fièvre lèvre chèvre œuvre table cible étable fable règle épingle jungle liste piste
  veste sieste poste-restante catastrophe strophe apostrophe syllabe jambe tombe bombe robe aube barbe herbe feuille bataille paille
  taille médaille maille semaine centaine douzaine dizaine quinzaine vingtaine trentaine cinquantaine soixantaine étape nappe enveloppe
  grippe équipe pipe soupe coupe troupe loupe boucle voiture heure mesure nature culture aventure couverture facture figure injure lecture
  mère bière lumière rivière prière manière matière frontière cuillère première dernière portière tarte carte porte perte date note dette
  faute minute tomate pâte patate porte-fenêtre goutte botte route flûte chute cible couche bouche branche tranche planche manche poche
  cloche tâche fiche ruche hache vache bougie vie`,
);

/** Nouns that are masculine although their ending is typical of feminine nouns. */
const masculine = words(
  `été côté comité traité pâté arrêté député karaté invité velouté comté musée lycée trophée apogée silence squelette modèle vermicelle
  violoncelle mercure murmure prélude portefeuille gorille mille quadrille stade grade malade jade camarade domaine capitaine magazine crâne
  âne scandale symbole rôle protocole pôle contrôle monopole alcool véhicule ovule globule scrupule crépuscule module caniche pastiche
  reproche panache espace palace service exercice indice bénéfice caprice office sacrifice supplice vice calice édifice hospice précipice
  artifice incendie génie parapluie foie messie pamplemousse renne intervalle groupe disque risque masque kiosque casque chèque manque
  moustique cirque portique plastique graphique lexique disque-dur monde mode-emploi code mode épisode siège mille-feuille légume volume
  costume rhume parfum homme programme gramme kilogramme rythme drame charme gendarme terme uniforme vacarme geste texte reste poste compte
  prétexte contexte insecte verre dollar tonnerre cimetière père frère caractère critère mystère ministère hémisphère cratère genre beurre
  chiffre coffre souffle sucre centre titre litre mètre théâtre maître chapitre filtre arbitre ministre registre cadre ordre cylindre arbre
  nombre membre timbre livre poivre cuivre meuble câble sable trouble immeuble siècle cycle article obstacle spectacle couvercle cercle
  muscle oncle exemple temple couple peuple angle ongle triangle rectangle sigle seigle diplôme dôme arôme atome synonyme problème système
  thème poème schéma fleuve rêve élève abîme régime crime centime millime domicile missile crocodile fossile textile ustensile reptile style
  asile chocolat type principe tube globe adverbe verbe microbe cube club signe cygne règne peigne bagne téléphone cyclone trône
  aérodrome carbone ozone micro-ondes kilo-octet doute acte pacte vote pilote antidote compatriote souverain pique-nique groupe-électrogène
  mile collègue dialogue catalogue interprète athlète poète gîte site rite mérite satellite parasite cigare phare square concombre novembre
  décembre septembre octobre euro arbuste buste baptême carême deuxième troisième quatrième cinquième sixième dixième cric masque luxe axe
  sexe complexe réflexe paradoxe foie pouce prince commerce divorce sucre-glace doigt conte ange mélange échange linge singe linge-sale
  manège piège collège cortège privilège sortilège congé degré blé pré thé café canapé dé employé abonné ordinateur`,
);

const masculineEndings =
  /(?:age|isme|asme|ème|ège|aire|atoire|itoire|ertoire|phe|logue|mètre|gramme|scope|cide|phone|ndre|mbre|ble|cle|ple|gle|iste|ier|ème|ôme|eur)$/;
const feminineEndings =
  /(?:[tsx]ion|té|ée|ance|ence|ette|elle|esse|ure|ise|ude|rie|ille|euse|trice|ade|ine|ane|onne|agne|igne|ogne|ale|ole|ule|iche|oche|ache|ace|ie|ue|oue|aie|oie|sse|nne|lle|ppe|que|oire|e)$/;

/** Whether a noun, given in the singular or in a plural that ends in -s, is feminine. */
export function isFeminine(noun: string): boolean {
  const one = noun.toLowerCase().replace(/(?<=.{2})s$/, "");
  if (feminine.has(one) || feminine.has(noun.toLowerCase())) return true;
  return !masculine.has(one) && !masculineEndings.test(one) && feminineEndings.test(one);
}
