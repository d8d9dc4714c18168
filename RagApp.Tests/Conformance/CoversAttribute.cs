namespace RagApp.Tests.Conformance;

/// <summary>Names the implementation that a suite is run on.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class CoversAttribute(Type implementation) : Attribute
{
    public Type Implementation { get; } = implementation;
}
