using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>What a question wants to know, as far as its question words show it.</summary>
/// <param name="Numbers">Those in the question itself, which are no answer to it.</param>
internal sealed partial record QuestionKind(bool WantsNumber, bool WantsTime, IReadOnlySet<string> Numbers)
{
    private static readonly FrozenDictionary<string, (Regex Number, Regex Time)> Words = new Dictionary<string, (string Number, string Time)>(StringComparer.Ordinal)
    {
        ["en"] = (@"\bhow (many|much|long|old|far|large|big|tall|high|fast|often|deep|wide|heavy)\b|\b(number|percentage|percent|amount|rate|average|total|cost|price)\b", @"\b(when|year)\b|\b(what|which) (\w+ )?(date|day|month|century|decade|time)s?\b"),
        ["de"] = (@"\bwie ?(viele?n?|lange|alt|weit|groß|hoch|oft|schnell|tief|breit|schwer)\b|\b(anzahl|prozent|prozentsatz|betrag|zahl)\b", @"\b(wann|jahr)\b|\bwelche[mnrs]? (\w+ )?(jahrhundert|tag|monat|datum)\b"),
        ["es"] = (@"\bcu[aá]nt[oa]s?\b|\b(n[uú]mero|porcentaje|cantidad)\b", @"\b(cu[aá]ndo|año)\b|\bqu[eé] (fecha|d[ií]a|mes|siglo|d[eé]cada)s?\b"),
        ["fr"] = (@"\bcombien\b|\b(nombre|pourcentage|montant|taux)\b|\bquel(le)? (âge|distance|hauteur|taille|quantité)\b", @"\b(quand|année)\b|\bquel(le)?s? (date|jour|mois|siècle|décennie)s?\b"),
        ["it"] = (@"\bquant[oaie]\b|\b(numero|percentuale|importo)\b", @"\b(quando|anno)\b|\b(quale|che) (data|giorno|mese|secolo)\b"),
        ["pt"] = (@"\bquant[oa]s?\b|\b(n[uú]mero|percentagem|porcentagem|valor)\b", @"\b(quando|ano)\b|\b(qual|que) (data|dia|m[eê]s|s[eé]culo)\b"),
        ["nl"] = (@"\bhoe ?(veel|lang|oud|ver|groot|hoog|vaak|snel|diep|breed|zwaar)\b|\b(aantal|percentage|bedrag)\b", @"\b(wanneer|jaar)\b|\bwelke (\w+ )?(datum|dag|maand|eeuw)\b"),
        ["ru"] = (@"\b(сколько|скольких|скольким|насколько|процент\w*|числ[оа]|количеств\w*)\b|\bкак (долго|часто|далеко)\b", @"\b(когда|году)\b|\bкако[мй] (год|веке|день|месяце)\b"),
        ["zh"] = (@"多少|几[个次年岁人位]|多[长大久高远快深]|百分", @"什么时候|何时|哪一?年|哪[天月]|年份|几年"),
        ["ja"] = (@"いくつ|いくら|何[人個回本枚歳年％%]|どのくらい|どれくらい", @"いつ|何年|何月|何日|何世紀"),
        ["ko"] = (@"얼마|몇|비율|개수", @"언제|몇 ?년|년도"),
        ["ar"] = (@"(^|\s)كم(\s|$)|عدد|نسبة", @"متى|عام|أي سنة"),
    }.ToFrozenDictionary(pair => pair.Key, pair => (Matcher(pair.Value.Number), Matcher(pair.Value.Time)), StringComparer.Ordinal);

    /// <param name="language">Two letters (ISO 639-1); questions in a language without words of its own want nothing in particular.</param>
    public static QuestionKind Of(string question, string language)
    {
        var wantsTime = Words.TryGetValue(language, out var words) && words.Time.IsMatch(question);
        return new QuestionKind(words.Number?.IsMatch(question) ?? false, wantsTime, NumbersIn(question));
    }

    /// <summary>Whether the sentence has a number that the question has not, where the question wants a number or a time.</summary>
    public bool IsGivenNumber(IReadOnlySet<string> numbers) => (WantsNumber || WantsTime) && !Numbers.IsSupersetOf(numbers);

    /// <summary>Whether the sentence has a year that the question has not, where the question wants a time.</summary>
    public bool IsGivenYear(IReadOnlySet<string> numbers) => WantsTime && numbers.Any(number => IsYear(number) && !Numbers.Contains(number));

    public static IReadOnlySet<string> NumbersIn(string text) =>
        Number().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    private static bool IsYear(string number) => number is ['1', _, _, _] or ['2', '0', _, _] && number.All(char.IsDigit);

    private static Regex Matcher(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(2));

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Number();
}
