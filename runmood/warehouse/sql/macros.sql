-- macros: no rows, but functions that several statements need. How far apart two places are, in metres; how well two values agree, 1 where
-- they differ by no more than `alike`, 0 from `unlike` on; null where one is not known. And the tags that speak of the
-- day and not of a run: such a day is excluded, since mood and running both follow from something else. Of these, and of
-- the reasons for no run, those that say ill or injured and those that say away. And
-- whether a note plainly tells of a run; one with a no in it is left alone.
create or replace temp macro apart_m(north, east, north_too, east_too) as
111200 * sqrt(power(north - north_too, 2) + power(cos(radians(north)) * (east - east_too), 2));
create or replace temp macro agreement(off, alike, unlike) as
if(off is null, null, greatest(0, least(1, (unlike - off) / (unlike - alike))));
create or replace temp macro tags_of_the_day() as ['ill', 'fever', 'injured', 'chest pain', 'travel', 'major event'];
create or replace temp macro says_ill_or_injured(tags, reason) as
coalesce(list_has_any(tags, ['ill', 'fever', 'injured', 'chest pain']), false)
or coalesce(reason in ('unwell', 'injured'), false);
create or replace temp macro says_away(tags, reason) as
coalesce(list_contains(tags, 'travel'), false) or coalesce(reason = 'travel', false);
create or replace temp macro tells_of_a_run(note) as
coalesce(
    (
        regexp_matches(
            lower(note),
            '\b(i ran|ran (\d|today|this (morning|afternoon|evening)|with|home|to work)|jogged'
            || '|(went|was|been) (out )?(for a (\w+ )?)?(run|jog|running|jogging)'
            || '|(easy|long|short|slow|lovely|nice|good|great|tough|morning|lunch|evening|quick) run|my run (was|felt|went))\b'
        )
        or regexp_matches(
            lower(note),
            '\b(gelaufen|gejoggt|(laufen|joggen) war|war (\S+ )?(laufen|joggen)|lief (heute )?\d+'
            || '|(langer|kurzer|schöner|lockerer|toller|guter|ruhiger) lauf|nach dem (lauf|laufen|joggen))\b'
        )
        or regexp_matches(
            lower(note),
            '\b(hard ?gelopen|gejogd|gerend|(wezen|gaan|geweest met) (hardlopen|rennen|joggen)|ging (\S+ )?(hardlopen|rennen|joggen)'
            || '|\d+ ?(k|km|kilometer) gelopen|liep (vandaag )?\d+|(lekker|lekkere|fijne?|mooie?|korte?|lange?|rustige?) (loopje|duurloop))\b'
        )
        or regexp_matches(
            lower(note),
            '(j[''’]ai couru|all[ée]e? courir|un footing|sal[íi] a correr|fui a correr|he corrido|corrí \d|ho corso|andat[oa] a correre'
            || '|fui correr|corri \d)'
        )
    )
    and not regexp_matches(
        lower(note),
        '(\bnot|n''t|n’t|\bnever|\bno|\btomorrow|\bskipped|\bcancell?ed|\bmissed|\bnicht|\bkein\w*|\bnie|\binstead|\bstatt'
        || '|\bniet|\bgeen|\bnooit|\bovergeslagen|\bpas|\bjamais|\bnunca|\bnon|\bsem|\bsin)\b|\bnão '
    ),
    false
)
