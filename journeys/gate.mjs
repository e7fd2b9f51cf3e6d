// Pages whose accessibility and weight `./test` checks. `ALL_PAGES=1 node run.mjs axe budget` takes every page of
// pages.mjs, which needs a quarter of an hour.
export const gate = new Set([
  'accueil', 'accueil-anglais', 'avant-installation', 'confirmer-soutiens', 'confirmer-soutiens-erreur',
  'confirmer-soutiens-rien', 'connexion', 'connexion-code', 'connexion-code-faux', 'connexion-code-mort',
  'connexion-erreur', 'connexion-lien', 'connexion-lien-use', 'deposer', 'deposer-2', 'deposer-2-erreur',
  'deposer-ferme', 'deposer-vide', 'desabonnement', 'desabonnement-fait', 'idee', 'idee-commentaire-poste',
  'idee-commentaire-vide', 'idee-commentaires', 'idee-mienne', 'idee-repondue', 'idee-reponse-vide', 'idee-retiree',
  'idee-signalee', 'idee-soutenue', 'idees', 'idees-page-2', 'idees-soutenue', 'installation-1', 'installation-2',
  'installation-3', 'installation-3-erreur', 'installation-3-rien', 'installation-3-trouvees', 'installation-4',
  'installation-4-erreur', 'installation-4-foncee', 'installation-5', 'installation-5-erreur',
  'installation-plus-tard', 'merci', 'mon-espace', 'mon-espace-accord-retire', 'page-accessibilite', 'page-aide',
  'page-charte', 'page-donnees-personnelles', 'page-facile-a-lire', 'page-mentions-legales',
  'page-participer-sur-papier', 'page-parvis', 'projet-filtre', 'projet-troisieme', 'projet-vide', 'projets',
  'reponses', 'signaler', 'signaler-sans-raison',
]);
