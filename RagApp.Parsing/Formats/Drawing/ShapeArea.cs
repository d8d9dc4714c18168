using System.Runtime.InteropServices;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>A rectangle on a slide, in English Metric Units (914,400 per inch).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShapeArea(long Left, long Top, long Width, long Height)
{
    public long Right => Left + Width;

    public long Bottom => Top + Height;
}
