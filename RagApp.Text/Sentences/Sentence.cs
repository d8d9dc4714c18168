namespace RagApp.Text.Sentences;

/// <summary>A sentence of a text, including the closing marks after its end mark.</summary>
/// <param name="Start">Position of the first character in the text.</param>
/// <param name="Text">The sentence exactly as in the text, without white space around it.</param>
public readonly record struct Sentence(int Start, string Text)
{
    public int End => Start + Text.Length;
}
