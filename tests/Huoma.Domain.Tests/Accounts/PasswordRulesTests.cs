using Huoma.Domain.Accounts;

namespace Huoma.Domain.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("八个字的中文密码")]
    [InlineData("Xk29-fmQ")]
    public void Fault_IsNone_ForAGoodPassword(string password) => PasswordRules.Fault(password, "boss").ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("short-7")]
    [InlineData("12345678")]
    [InlineData("PassWord")]
    [InlineData("zzzzzzzzzzzz")]
    [InlineData("Boss@Example.com")]
    public void Fault_SaysWhy_ForAPoorPassword(string password) => PasswordRules.Fault(password, "boss@example.com").ShouldNotBeNullOrEmpty();

    [Fact]
    public void Fault_KnowsTheLimits()
    {
        PasswordRules.Fault(Of(PasswordRules.MaxLength), "boss").ShouldBeNull();
        PasswordRules.Fault(Of(PasswordRules.MaxLength + 1), "boss").ShouldNotBeNull();
        PasswordRules.Fault(Of(PasswordRules.MinLength), "boss").ShouldBeNull();
        PasswordRules.Fault(Of(PasswordRules.MinLength - 1), "boss").ShouldNotBeNull();
    }

    private static string Of(int length) => string.Concat(Enumerable.Range(0, length).Select(at => (char)('z' - (at % 26))));
}
