namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>Asserts, by counted steps and bytes, that work is linear in the length of the text.</summary>
internal static class Proportion
{
    private const int Length = 20_000;

    /// <summary>Highest permitted ratio of steps for four times the text; a quadratic algorithm has a ratio of 16.</summary>
    private const int MostSteps = 5;

    /// <summary>Highest permitted ratio of bytes; lists that double their capacity allocate up to twice what they need.</summary>
    private const int MostBytes = 8;

    /// <summary>Allowance for work that is done once, whatever the length of the text.</summary>
    private const int Once = 200_000;

    public static void ShouldHold(Type type, string method, string kind)
    {
        CountedCode.Run(type, method, kind, Length / 10); // warms up: creates objects that are made only once, such as analysers
        var single = CountedCode.Run(type, method, kind, Length);
        var fourfold = CountedCode.Run(type, method, kind, 4 * Length);

        single.Steps.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{single.Steps:N0} steps and {single.Bytes:N0} bytes; with four times the text {fourfold.Steps:N0} and {fourfold.Bytes:N0}");
        fourfold.Steps.ShouldBeLessThan((MostSteps * single.Steps) + Once);
        fourfold.Bytes.ShouldBeLessThan((MostBytes * single.Bytes) + Once);
    }
}
