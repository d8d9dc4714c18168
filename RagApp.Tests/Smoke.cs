namespace RagApp.Tests;

public sealed class Smoke
{
    [Xunit.Fact]
    public void Runs() => Shouldly.ShouldBeTestExtensions.ShouldBe(1, 1);
}
