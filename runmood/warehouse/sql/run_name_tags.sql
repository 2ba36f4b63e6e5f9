-- run_name_tags: one row a tag that a run's name says for certain. A word that also means something else, in this or
-- another of these languages, is left out: a `carrera` is any run, and `lungo il fiume` is along the river.
with

names as (
    select distinct name, strip_accents(lower(name)) as folded from run_measures where name is not null
),

name_tags as (
    select
        name,
        unnest([
            if(regexp_matches(folded, '\bpark ?run\b'), 'parkrun', null),
            if(
                regexp_matches(folded, '\b(race|race ?day|wettkampf|volkslauf|gara|competicion|wedstrijd|tavling)\b')
                and not regexp_matches(
                    folded, '\b(no|pre|post|after|before|vor|nach|virtual)\b|\brace[ -]?(pace|prep|recon|plan|simulation|effort)'
                ),
                'race',
                null
            ),
            if(
                regexp_matches(folded, '\btrail[ -]?(run|runs|running|lauf|lopen)\b|\b(course|corsa|carrera) (de )?trail\b'),
                'trail',
                null
            ),
            if(
                regexp_matches(folded, '\b(treadmill|laufband|tapis de course|tapis roulant|cinta de correr|loopband)\b'),
                'treadmill',
                null
            ),
            if(
                regexp_matches(
                    folded,
                    '\blong run\b|\blange[rn]? (lauf|dauerlauf|duurloop)\b|\bsortie longue\b|\b(tirada|rodaje) larg[ao]\b'
                    '|\blungo lento\b|\blangpass\b|\blongao\b'
                ),
                'long',
                null
            ),
            if(
                regexp_matches(
                    folded,
                    '\b(intervals|interval (training|session|run|workout)|intervalltraining|intervalle|fractionnes?)\b'
                    '|\b(ripetute|intervaltraining|intervallpass)\b|\b\d+ ?x ?\d+ ?(m|km|min)\b'
                ),
                'intervals',
                null
            )
        ]) as tag
    from names
)

select name, tag from name_tags where tag is not null
