namespace RagApp.Text;

/// <summary>Splits ligatures, such as <c>ﬁ</c>, into their letters, so that a word is found as people type it.</summary>
public static class Ligatures
{
    /// <summary>The letters of a ligature; null for any other character.</summary>
    /// <param name="codePoint">A <see cref="char"/>, or the value of a <see cref="System.Text.Rune"/>.</param>
    public static string? Apart(int codePoint) => codePoint switch
    {
        0xFB00 => "ff",
        0xFB01 => "fi",
        0xFB02 => "fl",
        0xFB03 => "ffi",
        0xFB04 => "ffl",
        0xFB05 or 0xFB06 => "st",
        _ => null,
    };
}
