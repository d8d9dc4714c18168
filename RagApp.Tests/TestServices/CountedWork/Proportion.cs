using Shouldly;
using Xunit;

namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>Asserts that work grows with the length of the text and no faster, by counting.</summary>
internal static class Proportion
{
    private const int Length = 20_000;

    /// <summary>Of four times the text. What looks at everything again for each part of it gives 16.</summary>
    private const int MostSteps = 5;

    /// <summary>Lists that double their room ask for up to twice what they need.</summary>
    private const int MostBytes = 8;

    /// <summary>For what is done once, however long the text is.</summary>
    private const int Once = 200_000;

    public static void ShouldHold(Type type, string method, string kind)
    {
        CountedCode.Run(type, method, kind, Length / 10); // what is made once, such as analysers
        var single = CountedCode.Run(type, method, kind, Length);
        var fourfold = CountedCode.Run(type, method, kind, 4 * Length);

        single.Steps.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{single.Steps:N0} steps and {single.Bytes:N0} bytes; with four times the text {fourfold.Steps:N0} and {fourfold.Bytes:N0}");
        fourfold.Steps.ShouldBeLessThan((MostSteps * single.Steps) + Once);
        fourfold.Bytes.ShouldBeLessThan((MostBytes * single.Bytes) + Once);
    }
}
