using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Lucene.Net.Analysis.Miscellaneous;

namespace RagApp.Text.Analysis;

/// <summary>
/// Gives the Unicode spellings of a character one form, as far as search needs it. <see cref="string.Normalize()"/> cannot be
/// used: it returns its input unchanged when the runtime has no culture data.
/// </summary>
internal static class TextFolding
{
    private const char SoftHyphen = '\u00AD';
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthOffset = 0xFEE0;

    /// <summary>A combining mark, and pairs of a letter and the one character that stands for the letter with the mark.</summary>
    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = Pairs(
        ('\u0300', "AÀEÈIÌOÒUÙaàeèiìoòuù"),
        ('\u0301', "AÁCĆEÉIÍLĹNŃOÓRŔSŚUÚYÝZŹaácćeéiílĺnńoórŕsśuúyýzźΑΆΕΈΗΉΙΊΟΌΥΎΩΏαάεέηήιίοόυύωώ"),
        ('\u0302', "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ"),
        ('\u0303', "AÃIĨNÑOÕUŨaãiĩnñoõuũ"),
        ('\u0304', "AĀEĒIĪOŌUŪaāeēiīoōuū"),
        ('\u0306', "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭИЙий"),
        ('\u0307', "CĊEĖGĠIİZŻcċeėgġzż"),
        ('\u0308', "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿЕЁІЇеёії"),
        ('\u030A', "AÅUŮaåuů"),
        ('\u030B', "OŐUŰoőuű"),
        ('\u030C', "CČDĎEĚNŇRŘSŠTŤZŽcčdďeěnňrřsštťzž"),
        ('\u0326', "SȘTȚsștț"),
        ('\u0327', "CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ"),
        ('\u0328', "AĄEĘIĮUŲaąeęiįuų"),
        ('\u3099', "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴ"),
        ('\u309A', "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"));

    /// <summary>Greek letters without their accents, as the stemmer and the stop words need them.</summary>
    private static readonly FrozenDictionary<char, char> Greek = new Dictionary<char, char>
    {
        ['ά'] = 'α', ['έ'] = 'ε', ['ή'] = 'η', ['ί'] = 'ι', ['ϊ'] = 'ι', ['ΐ'] = 'ι', ['ό'] = 'ο', ['ύ'] = 'υ',
        ['ϋ'] = 'υ', ['ΰ'] = 'υ', ['ώ'] = 'ω', ['ς'] = 'σ', ['Ά'] = 'α', ['Έ'] = 'ε', ['Ή'] = 'η', ['Ί'] = 'ι',
        ['Ό'] = 'ο', ['Ύ'] = 'υ', ['Ώ'] = 'ω',
    }.ToFrozenDictionary();

    /// <summary>
    /// Folds a text before it is split into words: joins combining marks to their letters, narrows full-width forms, writes the
    /// digits of every script as 0 to 9, unifies apostrophes and hyphens, splits ligatures, and removes invisible characters.
    /// </summary>
    public static string Text(string text, string language)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (folded.Length > 0 && Composed.TryGetValue((folded[^1], c), out var composed))
                folded[^1] = composed;
            else
                Append(folded, c, language);
        }
        // English has accents in borrowed words only, and its stemmer knows none.
        return language is "en" ? Term(folded.ToString()) : folded.ToString();
    }

    /// <summary>
    /// Removes the accents of Latin letters in a stemmed term, since people leave them out when they ask. One letter may become
    /// several.
    /// </summary>
    public static string Term(string term)
    {
        if (Ascii.IsValid(term))
            return term;
        var folded = new char[term.Length * 4];
        var length = ASCIIFoldingFilter.FoldToASCII(term.ToCharArray(), 0, folded, 0, term.Length);
        return new string(folded, 0, length);
    }

    private static void Append(StringBuilder folded, char c, string language)
    {
        switch (c)
        {
            case < '\u0080':
                folded.Append(c is 'I' && language is "tr" ? 'ı' : c);
                break;
            case SoftHyphen or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF':
                break;
            case '\u2018' or '\u2019' or '\u02BC' or '\uFF07':
                folded.Append('\'');
                break;
            case '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212':
                folded.Append('-');
                break;
            case >= '\uFB00' and <= '\uFB06':
                folded.Append(Ligatures.Apart(c));
                break;
            case >= FullWidthFirst and <= FullWidthLast:
                folded.Append((char)(c - FullWidthOffset));
                break;
            case 'İ':
                folded.Append('i');
                break;
            default:
                var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
                folded.Append(digit >= 0 ? (char)('0' + digit) : language is "el" ? Greek.GetValueOrDefault(c, c) : c);
                break;
        }
    }

    private static FrozenDictionary<(char Letter, char Mark), char> Pairs(params ReadOnlySpan<(char Mark, string Letters)> marks)
    {
        var pairs = new Dictionary<(char, char), char>();
        foreach (var (mark, letters) in marks)
        {
            for (var i = 0; i < letters.Length; i += 2)
                pairs.Add((letters[i], mark), letters[i + 1]);
        }
        return pairs.ToFrozenDictionary();
    }
}
