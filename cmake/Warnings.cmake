add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Werror)
# Designated initializers name what matters; members that are left out take their default.
add_compile_options(-Wno-missing-field-initializers)
