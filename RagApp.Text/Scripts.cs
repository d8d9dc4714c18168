namespace RagApp.Text;

/// <summary>Finds the script of a character by its Unicode block, and the properties of the script.</summary>
public static class Scripts
{
    /// <param name="codePoint">A <see cref="char"/>, or the value of a <see cref="System.Text.Rune"/>.</param>
    public static Script Of(int codePoint) => codePoint switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= 0x00C0 and <= 0x024F or >= 0x1E00 and <= 0x1EFF => Script.Latin,
        >= 0x0370 and <= 0x03FF => Script.Greek,
        >= 0x0400 and <= 0x052F => Script.Cyrillic,
        >= 0x0530 and <= 0x058F => Script.Armenian,
        >= 0x0590 and <= 0x05FF => Script.Hebrew,
        >= 0x0600 and <= 0x077F => Script.Arabic,
        >= 0x0900 and <= 0x097F => Script.Devanagari,
        >= 0x0E00 and <= 0x0E7F => Script.Thai,
        >= 0x0E80 and <= 0x0EFF => Script.Lao,
        >= 0x1000 and <= 0x109F => Script.Burmese,
        >= 0x1780 and <= 0x17FF => Script.Khmer,
        >= 0x1100 and <= 0x11FF or >= 0xA960 and <= 0xA97F or >= 0xAC00 and <= 0xD7FF => Script.Hangul,
        >= 0x3040 and <= 0x30FF or >= 0xFF66 and <= 0xFF9F => Script.Kana,
        >= 0x3400 and <= 0x9FFF => Script.Han,
        >= 0x2E80 and <= 0x303F or >= 0x3100 and <= 0x33FF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF => Script.OtherEastAsian,
        >= 0xA980 and <= 0xAADF => Script.OtherSouthEastAsian,
        _ => Script.Other,
    };

    /// <summary>True when words of the script are written without spaces between them.</summary>
    public static bool HasNoSpaces(int codePoint) => Of(codePoint)
        is Script.Thai or Script.Lao or Script.Burmese or Script.Khmer or Script.OtherSouthEastAsian
        or Script.Kana or Script.Han or Script.OtherEastAsian;
}
