using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Accounts;

/// <summary>Checks of the fields that several account requests have.</summary>
internal static class AccountFields
{
    public const string AccountRule = "账号需要 3 到 64 个字符，只能用字母、数字和 @ . _ -";

    public static FieldErrors NewAccount(this FieldErrors errors, string? account) =>
        string.IsNullOrWhiteSpace(account) ? errors.Add("account", "不能为空") : User.IsAccount(account) ? errors : errors.Add("account", AccountRule);

    public static FieldErrors NewPassword(this FieldErrors errors, string field, string? password, string account)
    {
        if (string.IsNullOrEmpty(password))
        {
            return errors.Add(field, "不能为空");
        }

        return PasswordRules.Fault(password, account) is { } fault ? errors.Add(field, fault) : errors;
    }

    /// <summary>A password somebody claims to have; only what can not be one at all is refused here.</summary>
    public static FieldErrors KnownPassword(this FieldErrors errors, string field, string? password) => password switch
    {
        null or "" => errors.Add(field, "不能为空"),
        { Length: > PasswordRules.MaxLength } => errors.Add(field, $"不能超过 {PasswordRules.MaxLength} 个字符"),
        _ => errors,
    };
}
