namespace Huoma.Domain.Accounts;

/// <summary>What a user may do: a viewer (查看者) reads, an operator (运营) works with codes, an owner (管理员) also manages users.</summary>
public enum Role
{
    Viewer = 1,
    Operator = 2,
    Owner = 3,
}
