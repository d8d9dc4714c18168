using System.Collections.Frozen;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Ar;
using Lucene.Net.Analysis.Bg;
using Lucene.Net.Analysis.Ca;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Ckb;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Cz;
using Lucene.Net.Analysis.Da;
using Lucene.Net.Analysis.De;
using Lucene.Net.Analysis.El;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Fa;
using Lucene.Net.Analysis.Fi;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Hi;
using Lucene.Net.Analysis.Hu;
using Lucene.Net.Analysis.Hy;
using Lucene.Net.Analysis.Id;
using Lucene.Net.Analysis.It;
using Lucene.Net.Analysis.Lv;
using Lucene.Net.Analysis.Nl;
using Lucene.Net.Analysis.No;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Ro;
using Lucene.Net.Analysis.Ru;
using Lucene.Net.Analysis.Snowball;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Sv;
using Lucene.Net.Analysis.Tr;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Tartarus.Snowball.Ext;
using Lucene.Net.Util;

namespace RagApp.Text.Analysis;

/// <summary>
/// Lucene's analyser, stemmer and stop words of each supported language. Text in any other language is only split into
/// words and lower-cased.
/// </summary>
internal static class LanguageAnalyzers
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>English stop words with question and filler words added: the analyser's own set has 33 words, without <c>how</c>.</summary>
    private static readonly CharArraySet EnglishStopWords = WordlistLoader.GetSnowballWordSet(
        IOUtils.GetDecodingReader(typeof(SnowballFilter), "english_stop.txt", System.Text.Encoding.UTF8), Version);

    private static readonly FrozenDictionary<string, (Analyzer Analyzer, CharArraySet StopWords)> ByLanguage = Create();

    /// <summary>Splits text into words and lower-cases them.</summary>
    public static Analyzer Plain { get; } = new StandardAnalyzer(Version, CharArraySet.Empty);

    /// <summary>Languages that can be detected by their stop words.</summary>
    public static IEnumerable<string> Languages => ByLanguage.Keys;

    public static Analyzer For(string language) => ByLanguage.TryGetValue(language, out var found) ? found.Analyzer : Plain;

    public static CharArraySet StopWords(string language) =>
        ByLanguage.TryGetValue(language, out var found) ? found.StopWords : CharArraySet.Empty;

    private static FrozenDictionary<string, (Analyzer Analyzer, CharArraySet StopWords)> Create()
    {
        var pairs = (Analyzer)new CJKAnalyzer(Version);
        return new Dictionary<string, (Analyzer Analyzer, CharArraySet StopWords)>(StringComparer.Ordinal)
        {
            ["ar"] = (new ArabicAnalyzer(Version), ArabicAnalyzer.DefaultStopSet),
            ["bg"] = (new BulgarianAnalyzer(Version), BulgarianAnalyzer.DefaultStopSet),
            ["ca"] = (new CatalanAnalyzer(Version), CatalanAnalyzer.DefaultStopSet),
            ["ckb"] = (new SoraniAnalyzer(Version), SoraniAnalyzer.DefaultStopSet),
            ["cs"] = (new CzechAnalyzer(Version), CzechAnalyzer.DefaultStopSet),
            ["da"] = (new DanishAnalyzer(Version), DanishAnalyzer.DefaultStopSet),
            ["de"] = (new GermanAnalyzer(Version), GermanAnalyzer.DefaultStopSet),
            ["el"] = (Stemmed(GreekAnalyzer.DefaultStopSet, words => new GreekStemFilter(words)), GreekAnalyzer.DefaultStopSet),
            ["en"] = (new EnglishAnalyzer(Version, EnglishStopWords), EnglishStopWords),
            ["es"] = (new SpanishAnalyzer(Version), SpanishAnalyzer.DefaultStopSet),
            ["fa"] = (new PersianAnalyzer(Version), PersianAnalyzer.DefaultStopSet),
            ["fi"] = (new FinnishAnalyzer(Version), FinnishAnalyzer.DefaultStopSet),
            ["fr"] = (new FrenchAnalyzer(Version), FrenchAnalyzer.DefaultStopSet),
            ["hi"] = (new HindiAnalyzer(Version), HindiAnalyzer.DefaultStopSet),
            ["hu"] = (new HungarianAnalyzer(Version), HungarianAnalyzer.DefaultStopSet),
            ["hy"] = (new ArmenianAnalyzer(Version), ArmenianAnalyzer.DefaultStopSet),
            ["id"] = (new IndonesianAnalyzer(Version), IndonesianAnalyzer.DefaultStopSet),
            ["it"] = (new ItalianAnalyzer(Version), ItalianAnalyzer.DefaultStopSet),
            ["ja"] = (pairs, CJKAnalyzer.DefaultStopSet),
            ["ko"] = (pairs, CJKAnalyzer.DefaultStopSet),
            ["lv"] = (new LatvianAnalyzer(Version), LatvianAnalyzer.DefaultStopSet),
            ["nl"] = (new DutchAnalyzer(Version), DutchAnalyzer.DefaultStopSet),
            ["no"] = (new NorwegianAnalyzer(Version), NorwegianAnalyzer.DefaultStopSet),
            ["pt"] = (new PortugueseAnalyzer(Version), PortugueseAnalyzer.DefaultStopSet),
            ["ro"] = (new RomanianAnalyzer(Version), RomanianAnalyzer.DefaultStopSet),
            ["ru"] = (new RussianAnalyzer(Version), RussianAnalyzer.DefaultStopSet),
            ["sv"] = (new SwedishAnalyzer(Version), SwedishAnalyzer.DefaultStopSet),
            ["tr"] = (Stemmed(TurkishAnalyzer.DefaultStopSet, words => new SnowballFilter(words, new TurkishStemmer())), TurkishAnalyzer.DefaultStopSet),
            ["zh"] = (pairs, CJKAnalyzer.DefaultStopSet),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// Greek and Turkish. The library's own analysers lower-case by culture data, which this program runs without;
    /// <see cref="TextFolding"/> has lower-cased the text before.
    /// </summary>
    private static Analyzer Stemmed(CharArraySet stopWords, Func<TokenStream, TokenStream> stem) =>
        Analyzer.NewAnonymous((_, reader) =>
        {
            var words = new StandardTokenizer(Version, reader);
            return new TokenStreamComponents(words, stem(new StopFilter(Version, new LowerCaseFilter(Version, words), stopWords)));
        });
}
