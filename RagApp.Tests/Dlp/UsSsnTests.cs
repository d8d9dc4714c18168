using CsCheck;

namespace RagApp.Tests.Dlp;

public sealed class UsSsnTests
{
    private const string Detector = "us-ssn";

    private static readonly Gen<string[]> Assigned =
        from area in Gen.OneOf(Gen.Int[1, 665], Gen.Int[667, 899])
        from serial in Gen.Select(Gen.Int[1, 99], Gen.Int[1, 9999])
        select new[] { $"{area:000}", $"{serial.Item1:00}", $"{serial.Item2:0000}" };

    [Fact]
    public void Find_AnyAssignedNumber_IsFoundWithHyphensOrContext() => Assigned.Sample(parts =>
    {
        Detection.Find(Detector, $"Her number, {string.Join('-', parts)}.").ShouldHaveSingleItem().ShouldBe(string.Join('-', parts));
        Detection.Find(Detector, $"SSN: {string.Concat(parts)}").ShouldHaveSingleItem().ShouldBe(string.Concat(parts));
        Detection.Find(Detector, $"Her number, {string.Concat(parts)}.").ShouldBeEmpty();
    });

    [Theory]
    [InlineData("000-12-3456")]
    [InlineData("666-12-3456")]
    [InlineData("912-12-3456")]
    [InlineData("123-00-3456")]
    [InlineData("123-45-0000")]
    [InlineData("1123-45-6789")]
    [InlineData("123-45-67890")]
    [InlineData("123-45-6789-1")]
    [InlineData("PN-123-45-6789")]
    [InlineData("123 45 6789")]
    [InlineData("123.45.6789")]
    [InlineData("078051120")]
    [InlineData("555-123-4567")]
    public void Find_LookAlikes_AreNotFound(string text) => Detection.Find(Detector, text).ShouldBeEmpty();

    [Theory]
    [InlineData("Social Security Number 123 45 6789")]
    [InlineData("SSN | 123456789")]
    [InlineData("ssn: 123-45-\n6789")]
    [InlineData("１２３−４５−６７８９")]
    public void Find_Notations_AreFound(string text) => Detection.Find(Detector, text).ShouldHaveSingleItem();
}
