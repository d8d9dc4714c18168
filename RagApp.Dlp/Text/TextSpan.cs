using System.Runtime.InteropServices;

namespace RagApp.Dlp.Text;

/// <summary>A part of a text from <paramref name="Start"/> up to, but not including, <paramref name="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int End);
