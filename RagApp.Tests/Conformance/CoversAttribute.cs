namespace RagApp.Tests.Conformance;

/// <summary>Names the implementation that a conformance suite tests.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class CoversAttribute(Type implementation) : Attribute
{
    public Type Implementation { get; } = implementation;
}
