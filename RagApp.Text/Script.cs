namespace RagApp.Text;

/// <summary>Scripts by which a language is detected, and scripts written without spaces between words.</summary>
public enum Script
{
    /// <summary>Any other script, and characters of no script: digits, punctuation, white space.</summary>
    Other,

    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Lao,
    Burmese,
    Khmer,

    /// <summary>Korean syllables and letters. Korean has spaces between words.</summary>
    Hangul,

    /// <summary>Japanese syllables.</summary>
    Kana,

    /// <summary>Chinese characters, which Japanese uses too.</summary>
    Han,

    /// <summary>Radicals, repetition marks, Bopomofo, compatibility forms and rare characters of Chinese, Japanese and Korean.</summary>
    OtherEastAsian,

    /// <summary>Javanese, Cham, Tai Viet and additions to Burmese.</summary>
    OtherSouthEastAsian,
}
